-- Finds rows whose vector is not a vector of the model. The test fails if there are any.
SELECT id FROM {{ ref('vectors') }}
WHERE size(embedding) <> 384 OR abs(e5_similarity(embedding, embedding) - 1) > 0.001
