import ArgumentParser
import Running

/// Where weights come from: the same in every command that computes with them.
struct WeightOptions: ParsableArguments {
    @Option(
        name: .customLong("weights"),
        help: ArgumentHelp(
            "Take weights from a folder that dump wrote, instead of drawing them; its numbers may be others.",
            valueName: "dir"))
    var folder: String?

    func validate() throws {
        if folder == "" { throw ValidationError("--weights is empty; name a folder, or leave it out.") }
    }

    /// The folder, which has each weight of the cases; nil where none was named.
    func checked(for cases: [Case]) throws -> WeightFolder? {
        try folder.map { try WeightFolder($0, for: cases.map(\.workload)) }
    }

    /// As it is typed again; nothing where none was named.
    var typed: String { folder.map { " --weights \($0.quotedForShell)" } ?? "" }
}
