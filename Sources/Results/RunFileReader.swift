import Foundation

/// Reads run files. Whatever their bytes, they give a run with its problems, or an error.
///
/// A line counts when it is whole, its end included: the same rule by which `RunFileWriter` resumes. What is damaged is
/// left out and named; each line stands for itself, so what follows damage is still read.
package enum RunFileReader {
    /// Throws where the file cannot be read, or does not begin with a header that this version understands.
    package static func read(_ path: String) throws(RunFileError) -> Run {
        try parse(try contents(of: path), path: path)
    }

    /// The first line alone.
    package static func header(of path: String) throws(RunFileError) -> RunHeader {
        try header(in: lines(of: try contents(of: path, firstLine: true)).first, path: path)
    }

    /// As `read`, with the file's bytes at hand.
    package static func parse(_ bytes: Data, path: String) throws(RunFileError) -> Run {
        let all = lines(of: bytes)
        let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        var run = Run(id: name, path: path, header: try header(in: all.first, path: path))
        var places: [String: Int] = [:]
        func problem(_ number: Int, _ message: String, _ remedy: String) {
            run.problems.append(RunFileError(path, line: number, message, remedy: remedy))
        }
        for (index, line) in all.enumerated().dropFirst() {
            switch read(line) {
            case .success(.header):
                problem(index + 1, "a second header, which is ignored", "keep one run a file")
            case .success(.ceilings(let ceilings)): run.ceilings = ceilings
            case .success(.end(let end)): run.end = end
            case .success(.record(let written)):
                let record = written.withCurrentNames
                guard let place = places[record.case] else {
                    places[record.case] = run.records.count
                    run.records.append(record)
                    break
                }
                if run.records[place].status == .measured {
                    problem(index + 1, "a second record of \(record.case): the later one counts", "keep one of them")
                }
                run.records[place] = record
            case .failure(let fault): problem(index + 1, fault.message, fault.remedy)
            }
        }
        return run
    }

    private static func header(in line: Line?, path: String) throws(RunFileError) -> RunHeader {
        let remedy = "give a file that 'assay run' wrote"
        guard let line else { throw RunFileError(path, "not a run file of Assay: it is empty", remedy: remedy) }
        switch read(line) {
        case .success(.header(let header)): return header
        case .success:
            throw RunFileError(
                path, line: 1, "not a run file of Assay: it does not begin with a header", remedy: remedy)
        case .failure(let fault):
            throw RunFileError(
                path, line: 1, "not a run file of Assay: \(fault.message)",
                remedy: fault.isLater ? fault.remedy : remedy)
        }
    }
}

// MARK: Lines

extension RunFileReader {
    private struct Line {
        let bytes: Data
        /// Whether it ends as lines do.
        let isWhole: Bool
    }

    private struct Fault: Error {
        let message: String
        let remedy: String
        /// Whether a later version wrote it.
        var isLater = false
    }

    private static func lines(of bytes: Data) -> [Line] {
        var lines: [Line] = []
        var start = bytes.startIndex
        while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(Line(bytes: bytes[start..<end], isWhole: true))
            start = end + 1
        }
        if start < bytes.endIndex { lines.append(Line(bytes: bytes[start...], isWhole: false)) }
        return lines
    }

    private static func read(_ line: Line) -> Result<RunLine, Fault> {
        let remedy = "the rest is used; run again with --resume what is missing"
        guard line.isWhole else { return .failure(Fault(message: "the line is cut off", remedy: remedy)) }
        guard String(validating: line.bytes, as: UTF8.self) != nil else {
            return .failure(Fault(message: "the line is no text: it is not UTF-8", remedy: remedy))
        }
        do {
            let read = try JSONLine.decode(RunLine.self, from: line.bytes)
            if let message = read.inconsistency {
                return .failure(Fault(message: "the line is damaged: \(message)", remedy: remedy))
            }
            return .success(read)
        } catch let error as RunLine.UnknownTag {
            return .failure(
                Fault(
                    message: "'\(error.tag.prefix(40))' is not known to this version and is ignored",
                    remedy: "read it with the version of Assay that wrote it", isLater: true))
        } catch let error as RunLine.ForeignHeader where error.format == RunHeader.format {
            return .failure(
                Fault(
                    message: "its version is \(error.version), and this program reads up to \(RunHeader.version)",
                    remedy: "read it with the version of Assay that wrote it", isLater: true))
        } catch let error as RunLine.ForeignHeader {
            return .failure(Fault(message: "its format is '\(error.format.prefix(40))'", remedy: remedy))
        } catch {
            return .failure(Fault(message: "the line is damaged: \(reason(error))", remedy: remedy))
        }
    }

    /// Where in the line, and what, in short.
    private static func reason(_ error: any Error) -> String {
        let context: DecodingError.Context? =
            switch error as? DecodingError {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
                .dataCorrupted(let context):
                context
            default: nil
            }
        guard let context else { return "it is not JSON" }
        let place = context.codingPath.map(\.stringValue).joined(separator: ".")
        return (place.isEmpty ? "" : "\(place): ") + String(context.debugDescription.prefix(200))
    }
}
