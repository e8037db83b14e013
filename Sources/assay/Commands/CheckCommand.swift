import ArgumentParser
import Platform
import Running

/// `assay check FOLDER`
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check kernels against small cases whose answers are known.",
        discussion: """
            Every file of the folder that ends in .json is a case: an operator of graph
            learning, its options, a graph, how its inputs are drawn, and the outputs that
            another library computed. docs/reference-cases.md has the format. Every
            implementation computes the case, on one thread and on two.

              assay check Tests/CommandTests/Reference/graphs

            Exit codes: 0 all right; 2 an answer is wrong; 3 a case cannot be read or is
            of an operator that Assay does not compute; 64 wrong usage.
            """.flowed)

    @Argument(help: "A folder of cases.") var folder: String

    func run() throws {
        let files: [String]
        do {
            files = try ReferenceCheck.files(in: folder)
        } catch {
            throw ValidationError("\(error.path): \(error.message); \(error.remedy)")
        }
        let check = ReferenceCheck()
        var (right, wrong, left) = (0, 0, 0)
        for file in files {
            let name = file.split(separator: "/").last.map { $0.dropLast(5) } ?? ""
            switch check.outcome(of: file) {
            case .right(let error):
                right += 1
                StandardStreams.printData("right    \(name)   error \(error)\n")
            case .wrong(let reason):
                wrong += 1
                StandardStreams.printData("WRONG    \(name)   \(reason)\n")
            case .unknown(let word):
                left += 1
                StandardStreams.printData("unknown  \(name)   no operator '\(word)' with these options\n")
            case .unusable(let reason):
                left += 1
                StandardStreams.printData("unusable \(name)   \(reason)\n")
            }
        }
        StandardStreams.printData("\(files.count) cases: \(right) right, \(wrong) wrong, \(left) not computed\n")
        if wrong > 0 { throw Exit.disagreement }
        if left > 0 { throw Exit.unmeasured }
    }
}
