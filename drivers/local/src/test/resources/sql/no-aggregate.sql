-- The same tables without the count: Flink refuses the state of turnover.sql.
CREATE TABLE orders (
  shop INT,
  amount INT
) WITH (
  'connector' = 'datagen',
  'rows-per-second' = '20'
);

CREATE TABLE turnover (
  shop INT,
  total INT
) WITH (
  'connector' = 'blackhole'
);

INSERT INTO turnover SELECT shop, amount FROM orders;
