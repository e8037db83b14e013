import Foundation
import Platform

/// Reads run files. Any bytes give either a run with its problems, or an error.
///
/// A line counts if it is complete, including its line break: `RunFileWriter` resumes by the same rule. Damaged lines
/// are left out and reported; lines are independent, so those after the damage are still read.
package enum RunFileReader {
    /// Throws if the file cannot be read, or does not begin with a header that this version understands.
    package static func read(_ path: String) throws(FileError) -> Run {
        try parse(try contents(of: path), path: path)
    }

    /// Reads only the header in the first line.
    package static func header(of path: String) throws(FileError) -> RunHeader {
        var lines = FileLines(try contents(of: path, firstLine: true))
        return try header(in: lines.next(), path: path)
    }

    /// The same as `read`, from the file's bytes.
    package static func parse(_ bytes: Data, path: String) throws(FileError) -> Run {
        var lines = FileLines(bytes)
        let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        var run = Run(id: name, path: path, header: try header(in: lines.next(), path: path))
        var places: [String: Int] = [:]
        var damaged = 0
        func problem(_ line: FileLine, _ message: String, _ remedy: String) {
            damaged += 1
            run.problems.add(FileError(path, line: line.number, message, remedy: remedy))
        }
        while let line = lines.next() {
            guard damaged < [FileError].mostDamaged else {
                run.problems.append(.tooDamaged(path, line: line.number))
                break
            }
            do throws(FileLine.Fault) {
                switch try line.decoded(as: RunLine.self) {
                case .header: problem(line, "a second header, which is ignored", "keep one run per file")
                case .ceilings(let ceilings): run.ceilings = ceilings
                case .end(let end): run.end = end
                case .record(let written):
                    let record = written.withCurrentNames
                    guard let place = places[record.case] else {
                        places[record.case] = run.records.count
                        run.records.append(record)
                        break
                    }
                    if run.records[place].status == .measured {
                        problem(line, "a second record of \(record.case): the later one counts", "keep one of them")
                    }
                    run.records[place] = record
                }
            } catch {
                problem(
                    line, error.message,
                    error.remedy ?? "the rest is used; run with --resume to measure what is missing")
            }
        }
        return run
    }

    private static func header(in line: FileLine?, path: String) throws(FileError) -> RunHeader {
        let remedy = "give a file that 'assay run' wrote"
        guard let line else { throw FileError(path, "not a run file of Assay: it is empty", remedy: remedy) }
        do throws(FileLine.Fault) {
            guard case .header(let header) = try line.decoded(as: RunLine.self) else {
                throw FileLine.Fault("it does not begin with a header")
            }
            return header
        } catch {
            throw FileError(
                path, line: line.number, "not a run file of Assay: \(error.message)", remedy: error.remedy ?? remedy)
        }
    }
}

extension [FileError] {
    /// Adds a problem with a line; after `most` problems, only a note that there are more.
    package mutating func add(_ problem: FileError) {
        if count < Self.most {
            append(problem)
        } else if count == Self.most {
            append(FileError(problem.path, "more lines are damaged", remedy: "check that it is the right file"))
        }
    }

    private static var most: Int { 100 }

    /// A file with so many damaged lines is not a run file, and reading on may take forever.
    package static var mostDamaged: Int { 10_000 }
}

extension FileError {
    /// The error for a file that is given up at a line.
    package static func tooDamaged(_ path: String, line: Int) -> FileError {
        FileError(
            path, line: line, "reading stops here: \([FileError].mostDamaged) lines before this one are damaged",
            remedy: "check that it is the right file")
    }
}
