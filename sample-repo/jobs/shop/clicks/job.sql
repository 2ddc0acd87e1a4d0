-- Numbers the clicks of each page, without gaps and without repeats.
CREATE TABLE clicks (
  page INT,
  placed AS PROCTIME()
) WITH (
  'connector' = 'datagen',
  'rows-per-second' = '${clicks.perSecond}',
  'fields.page.min' = '1',
  'fields.page.max' = '4'
);

CREATE TABLE numbered (
  page INT,
  click BIGINT
) WITH (
  'connector' = 'filesystem',
  'path' = '${output}/clicks',
  'format' = 'csv'
);

INSERT INTO numbered
SELECT page, COUNT(*) OVER w
FROM clicks
WINDOW w AS (
  PARTITION BY page ORDER BY placed
  ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
);
