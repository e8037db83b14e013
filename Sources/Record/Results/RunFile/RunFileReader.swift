import Foundation
import Platform

/// Reads run files. Whatever their bytes, they give a run with its problems, or an error.
///
/// A line counts when it is whole, its end included: the same rule by which `RunFileWriter` resumes. What is damaged is
/// left out and named; each line stands for itself, so what follows damage is still read.
package enum RunFileReader {
    /// Throws if the file cannot be read, or does not begin with a header that this version understands.
    package static func read(_ path: String) throws(FileError) -> Run {
        try parse(try contents(of: path), path: path)
    }

    /// The first line alone.
    package static func header(of path: String) throws(FileError) -> RunHeader {
        var lines = FileLines(try contents(of: path, firstLine: true))
        return try header(in: lines.next(), path: path)
    }

    /// As `read`, with the file's bytes at hand.
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
                case .header: problem(line, "a second header, which is ignored", "keep one run a file")
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
                    line, error.message, error.remedy ?? "the rest is used; run again with --resume what is missing")
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
    /// Adds what is wrong with a line. Of a file that is nothing but damage so many are enough.
    package mutating func add(_ problem: FileError) {
        if count < Self.most {
            append(problem)
        } else if count == Self.most {
            append(FileError(problem.path, "more lines are damaged", remedy: "see if it is the right file"))
        }
    }

    private static var most: Int { 100 }

    /// A file with so many damaged lines is another file; looking at them all may take for ever.
    package static var mostDamaged: Int { 10_000 }
}

extension FileError {
    /// Of a file that is given up at a line.
    package static func tooDamaged(_ path: String, line: Int) -> FileError {
        FileError(
            path, line: line, "from here on nothing is read: \([FileError].mostDamaged) lines before are damaged",
            remedy: "see if it is the right file")
    }
}
