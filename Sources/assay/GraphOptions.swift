import ArgumentParser
import Suites
import Workloads

/// How networks are run: what `run`, `show`, `profile` and `dump` share.
struct GraphOptions: ParsableArguments {
    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Leave a pass over the graphs of models out, such as fold-batch-norm; may be repeated.", valueName: "pass"))
    var without: [String] = []

    @Option(
        name: .customLong("layer"), parsing: .singleValue,
        help: ArgumentHelp(
            "The implementation of one layer of models, or of all in a module: conv1=openblas; may be repeated.",
            valueName: "layer=implementation"))
    var layers: [String] = []

    /// As parameters of models, so that the names of cases say them.
    var overrides: [ModelOverride] {
        [("without", without, "--without"), ("layers", layers, "--layer")].compactMap { word, texts, option in
            texts.isEmpty
                ? nil : ModelOverride(word: word, text: texts.joined(separator: "+"), option: option)
        }
    }

    /// Kernels have neither passes nor layers: where nothing else was chosen, it is a slip of the pen.
    func check(_ cases: [Case]) throws {
        guard let first = overrides.first, !cases.contains(where: { $0.kind == "model" }) else { return }
        throw SuiteError(
            "there is no model in what was chosen", at: Place(file: first.option),
            remedy: "leave it out, or choose a model (`assay list models`)")
    }
}
