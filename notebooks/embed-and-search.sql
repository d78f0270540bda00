-- Databricks notebook source
-- MAGIC %md
-- MAGIC # Embed and search in SQL
-- MAGIC This notebook runs on a cluster that `conf/databricks/` configures. The functions come with
-- MAGIC `spark.sql.extensions=io.e5spark.sql.E5Extensions`.

-- COMMAND ----------

CREATE OR REPLACE TEMPORARY VIEW articles AS
SELECT * FROM VALUES
  (1, 'Bread stays fresh longest in a paper bag at room temperature; the fridge makes it stale.'),
  (2, 'The tide is highest when sun and moon pull in one line.'),
  (3, 'A bicycle chain wants a drop of oil on each link after rain.'),
  (4, 'Dough that rises overnight in the cold tastes of more.') AS t(id, text);

-- COMMAND ----------

-- MAGIC %md
-- MAGIC A passage gets E5's prefix `passage: `. Rows are embedded in batches on the executors.

-- COMMAND ----------

CREATE OR REPLACE TABLE e5_article_vectors USING delta AS
SELECT id, text, e5_embed(text, 'passage') AS embedding FROM articles;

-- COMMAND ----------

-- MAGIC %md
-- MAGIC A query gets `query: `. Both vectors have norm 1, so their similarity is a dot product.

-- COMMAND ----------

SELECT id, text, e5_similarity(embedding, e5_embed('how do I keep a loaf from going stale', 'query')) AS score
FROM e5_article_vectors ORDER BY score DESC LIMIT 2;

-- COMMAND ----------

-- MAGIC %md
-- MAGIC Only new texts are embedded.

-- COMMAND ----------

MERGE INTO e5_article_vectors AS old
USING (SELECT 5 AS id, 'Candles drip less when they have lain in the freezer.' AS text) AS new ON old.id = new.id
WHEN NOT MATCHED THEN INSERT (id, text, embedding) VALUES (new.id, new.text, e5_embed(new.text, 'passage'));

-- COMMAND ----------

SELECT id, e5_tokens(text) AS tokens, size(embedding) AS dimension
FROM e5_article_vectors ORDER BY id;

-- COMMAND ----------

DROP TABLE e5_article_vectors;
