-- Rows whose vector is none of the model's: there must not be any.
SELECT id FROM {{ ref('vectors') }}
WHERE size(embedding) <> 384 OR abs(e5_similarity(embedding, embedding) - 1) > 0.001
