-- Counts orders and turnover per shop and never forgets: the number of orders of a shop only grows,
-- by one. So everyone can see whether an upgrade lost state, or ran the job twice.
CREATE TABLE orders (
  shop INT,
  amount INT,
  placed AS PROCTIME()
) WITH (
  'connector' = 'datagen',
  'rows-per-second' = '${orders.perSecond}',
  'fields.shop.min' = '1',
  'fields.shop.max' = '4',
  'fields.amount.min' = '1',
  'fields.amount.max' = '100'
);

CREATE TABLE turnover (
  shop INT,
  orders BIGINT,
  total DECIMAL(20, 2)
) WITH (
  'connector' = 'filesystem',
  'path' = '${output}/orders',
  'format' = 'csv'
);

INSERT INTO turnover
SELECT shop, COUNT(*) OVER w, CAST(SUM(amount) OVER w * 1.00 AS DECIMAL(20, 2))
FROM orders
WINDOW w AS (
  PARTITION BY shop ORDER BY placed
  ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
);
