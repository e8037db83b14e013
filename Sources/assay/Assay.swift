import ArgumentParser

@main
struct Assay: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assay", abstract: "Benchmarks deep-learning kernels on CPU.")
}
