package io.e5spark.job;

import picocli.CommandLine.Command;

@Command(
    name = "model",
    description = "Imports, verifies and describes models, without starting Spark.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ModelImportCommand.class, ModelVerifyCommand.class, ModelInfoCommand.class})
final class ModelCommand {}
