import ArgumentParser
import Running
import Workloads

/// How networks are run. Shared by `run`, `show`, `profile` and `dump`.
struct GraphOptions: ParsableArguments {
    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Leave out a pass over the graphs of models, such as fold-batch-norm. Can be repeated.", valueName: "pass"))
    var without: [String] = []

    @Option(
        name: .customLong("layer"), parsing: .singleValue,
        help: ArgumentHelp(
            "Choose the implementation of a layer, or of all layers in a module: conv1=openblas. Can be repeated.",
            valueName: "layer=implementation"))
    var layers: [String] = []

    /// As parameters of models, so that the names of cases say them.
    var overrides: [ModelOverride] {
        [("without", without, "--without"), ("layers", layers, "--layer")].compactMap { word, texts, option in
            texts.isEmpty
                ? nil : ModelOverride(word: word, text: texts.joined(separator: "+"), option: option)
        }
    }

    /// Kernels have no passes and no layers: if no model was chosen, the option is a mistake.
    func check(_ cases: [Case]) throws {
        guard let first = overrides.first, !cases.contains(where: { $0.kind == "model" }) else { return }
        throw SuiteError(
            "no model was chosen", at: Place(file: first.option),
            remedy: "leave the option out, or choose a model (`assay list models`)")
    }
}
