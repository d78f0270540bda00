from delta import configure_spark_with_delta_pip
from pyspark.sql import SparkSession

import e5_spark
from e5_spark.functions import e5_embed
from e5_spark.tables import e5_search

delta = SparkSession.builder.config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
delta = delta.config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
spark = e5_spark.configure(configure_spark_with_delta_pip(delta)).getOrCreate()
docs = spark.createDataFrame([("Bread needs flour, water and time.",), ("The train to Rome leaves at nine.",)], ["text"])
docs.select("text", e5_embed("text", "passage").alias("embedding")).write.format("delta").save("./vectors")
e5_search(spark, "./vectors", "how to bake a loaf", 1, vector_column="embedding", model="e5-small-v2").drop("embedding").show()
