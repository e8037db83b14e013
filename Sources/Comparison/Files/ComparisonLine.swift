import Foundation
import Results

/// One line of a comparison's file: an object with one tag.
package enum ComparisonLine: Codable, Sendable {
    case header(ComparisonHeader)
    /// In order; rounds and outcomes mean it by its place.
    case `case`(ComparedCase)
    case round(Round)
    /// What became of the case at a place, where it is not compared.
    case outcome(Int, CaseOutcome)
    /// What was found of the machine code of the case at a place.
    case code(Int, CodeComparison)
    case end(ComparisonEnd)
}

/// Reads and writes the files of comparisons: `Results/<machine>/comparisons/<UTC time>-<suite>.jsonl`.
package enum ComparisonFile {
    /// The folder beside a machine's run files.
    package static let folder = "comparisons"

    /// Whether a file's first line says that it holds a comparison.
    package static func isOne(_ path: String) -> Bool {
        guard let bytes = try? contents(of: path, firstLine: true),
            let first = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1).first,
            case .header = try? JSONLine.decode(ComparisonLine.self, from: first)
        else { return false }
        return true
    }

    /// Throws where the file cannot be read, or does not begin with a header that this version understands. A line that
    /// is damaged is left out and named.
    package static func read(_ path: String) throws(RunFileError) -> Comparison {
        let lines = try contents(of: path).split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let remedy = "give a file that 'assay compare' wrote"
        guard let first = lines.first, case .header(let header) = try? JSONLine.decode(ComparisonLine.self, from: first)
        else { throw RunFileError(path, line: 1, "it does not begin with the header of a comparison", remedy: remedy) }
        guard header.format == ComparisonHeader.format, (1...ComparisonHeader.version).contains(header.version) else {
            throw RunFileError(
                path, line: 1,
                "its version is \(header.version), and this program reads up to \(ComparisonHeader.version)",
                remedy: "read it with the version of Assay that wrote it")
        }
        var comparison = Comparison(header: header)
        for (number, line) in lines.enumerated().dropFirst() where !line.isEmpty {
            guard number + 1 < lines.count, let read = try? JSONLine.decode(ComparisonLine.self, from: line),
                comparison.accepts(read)
            else {
                comparison.problems.append(
                    RunFileError(path, line: number + 1, "the line is damaged", remedy: "the rest is used"))
                continue
            }
            comparison.add(read)
        }
        return comparison
    }
}

extension Comparison {
    /// Whether a line can be true after those before it.
    func accepts(_ line: ComparisonLine) -> Bool {
        switch line {
        case .header: false
        case .case: rounds.isEmpty
        case .outcome(let index, _), .code(let index, _): cases.indices.contains(index)
        case .round(let round): cases.indices.contains(round.case) && round.isConsistent
        case .end: true
        }
    }
}

extension Round {
    /// Whether its columns are of equal length and its times possible.
    var isConsistent: Bool {
        Side.allCases.allSatisfy { side in
            let samples = samples[side]
            let count = samples.seconds.count
            return count > 0 && samples.cpuShare.count == count && samples.involuntarySwitches.count == count
                && (samples.throttled.isEmpty || samples.throttled.count == count)
                && samples.seconds.allSatisfy { $0 > 0 && $0 < .infinity }
        }
    }
}
