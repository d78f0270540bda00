-- Every update of the pipeline embeds all texts again.
CREATE MATERIALIZED VIEW vectors AS
SELECT id, text, e5_embed(text, 'passage') AS embedding FROM passages;
