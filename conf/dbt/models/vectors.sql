-- Embeds only texts that are new or changed since the last run. They replace the rows with the same ids.
{{ config(materialized='incremental', incremental_strategy='merge', unique_key='id') }}

SELECT id, text, updated, e5_embed(text, 'passage') AS embedding
FROM {{ source('app', 'passages') }}
{% if is_incremental() %}
WHERE updated > (SELECT max(updated) FROM {{ this }}) OR (SELECT count(*) FROM {{ this }}) = 0
{% endif %}
