import Foundation
import Platform
import Results

/// Reads comparison files: `Results/<machine>/comparisons/<UTC time>-<suite>.jsonl`.
package enum ComparisonFile {
    /// The folder inside that of a machine's run files.
    package static let folder = "comparisons"

    /// Whether a file's first line says that it is a comparison, of any version.
    package static func isOne(_ path: String) -> Bool {
        guard let bytes = try? contents(of: path, firstLine: true) else { return false }
        var lines = FileLines(bytes)
        return lines.next()?.opening?.format == ComparisonHeader.format
    }

    /// Throws if the file cannot be read, or does not begin with a header that this version understands. Damaged lines
    /// are left out and reported.
    package static func read(_ path: String) throws(FileError) -> MeasuredComparison {
        var lines = FileLines(try contents(of: path))
        let remedy = "give a file that 'assay compare' wrote"
        guard let first = lines.next(), let opening = first.opening, opening.format == ComparisonHeader.format else {
            throw FileError(path, line: 1, "it does not begin with the header of a comparison", remedy: remedy)
        }
        guard (1...ComparisonHeader.version).contains(opening.version) else {
            throw FileError(
                path, line: first.number,
                "its version is \(opening.version), but this program reads only up to \(ComparisonHeader.version)",
                remedy: "read it with the version of Assay that wrote it")
        }
        do throws(FileLine.Fault) {
            guard case .header(let header) = try first.decoded(as: ComparisonLine.self) else {
                throw FileLine.Fault("it does not begin with the header of a comparison")
            }
            var reading = ComparisonReading(header: header)
            while let line = lines.next() {
                guard reading.damaged < [FileError].mostDamaged else {
                    reading.giveUp(at: line, of: path)
                    break
                }
                reading.take(line, of: path)
            }
            return reading.comparison
        } catch {
            throw FileError(path, line: first.number, error.message, remedy: remedy)
        }
    }
}

/// A comparison while its lines are read.
private struct ComparisonReading {
    private(set) var comparison: MeasuredComparison
    /// For each case in the file, its index among those that could be read; nil for a damaged one.
    private var places: [Int?] = []
    /// Whether a line was read that follows all cases.
    private var hasBegun = false
    /// The number of lines that could not be read.
    private(set) var damaged = 0

    init(header: ComparisonHeader) { comparison = MeasuredComparison(header: header) }

    /// Adds a line after the header. Damaged lines are left out; if one may have been a case, the cases after it keep
    /// their indexes.
    mutating func take(_ line: FileLine, of path: String) {
        do throws(FileLine.Fault) {
            try add(try line.decoded(as: ComparisonLine.self))
        } catch {
            damaged += 1
            comparison.problems.add(
                FileError(path, line: line.number, error.message, remedy: error.remedy ?? "the rest is used"))
            if !hasBegun { places.append(nil) }
        }
    }

    mutating func giveUp(at line: FileLine, of path: String) {
        comparison.problems.append(.tooDamaged(path, line: line.number))
    }

    private mutating func add(_ line: ComparisonLine) throws(FileLine.Fault) {
        switch line {
        case .header: throw FileLine.Fault("a second header, which is ignored", remedy: "keep one comparison per file")
        case .case(let item):
            guard !hasBegun else { throw FileLine.Fault("a case after the first round, which is ignored") }
            places.append(comparison.cases.count)
            comparison.cases.append(item)
            comparison.outcomes[comparison.cases.count - 1] = item.obstacle
        case .round(var round):
            guard let index = try index(of: round.case) else { return }
            round.case = index
            comparison.rounds.append(round)
        case .outcome(let place, let outcome):
            if let index = try index(of: place) { comparison.outcomes[index] = outcome }
        case .code(let place, let code):
            if let index = try index(of: place) { comparison.code[index] = code }
        case .end(let end):
            hasBegun = true
            comparison.end = end
        }
    }

    /// The index of a case among those read; nil if its line was damaged and reported. Throws if there is no such case.
    private mutating func index(of place: Int) throws(FileLine.Fault) -> Int? {
        guard places.indices.contains(place) else { throw FileLine.Fault("there is no case with index \(place)") }
        hasBegun = true
        return places[place]
    }
}

extension FileLine {
    /// The fields that the headers of all versions share.
    fileprivate struct Opening: Decodable {
        let format: String
        let version: Int
    }

    /// Nil if the line is not a header.
    fileprivate var opening: Opening? {
        struct Content: Decodable {
            let header: Opening

            private enum CodingKeys: CodingKey { case header }
            private enum Unnamed: String, CodingKey { case value = "_0" }

            init(from decoder: any Decoder) throws {
                header = try decoder.container(keyedBy: CodingKeys.self)
                    .nestedContainer(keyedBy: Unnamed.self, forKey: .header).decode(Opening.self, forKey: .value)
            }
        }
        return (try? JSONLine.decode(Content.self, from: bytes))?.header
    }
}
