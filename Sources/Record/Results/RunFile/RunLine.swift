import Foundation
import Platform

/// One line of a run file: an object with one tag, `{"record": {...}}`.
package enum RunLine: Sendable, Hashable {
    /// The first line, once.
    case header(RunHeader)
    case ceilings(Ceilings)
    case record(Record)
    /// The last line of a run that was not cut off.
    case end(RunEnd)
}

/// How a run ended.
package struct RunEnd: Codable, Sendable, Hashable {
    /// The time of the last part, if the run was resumed.
    package var wallSeconds: Double
    /// The number of cases of all parts, by outcome.
    package var measured: Int
    package var skipped: Int
    package var failed: Int

    package init(wallSeconds: Double, measured: Int, skipped: Int, failed: Int) {
        self.wallSeconds = wallSeconds
        self.measured = measured
        self.skipped = skipped
        self.failed = failed
    }
}

extension RunLine: Codable {
    private enum Tag: String, CodingKey { case header, ceilings, record, end }

    /// Any tag that a line may have.
    private struct AnyTag: CodingKey {
        let stringValue: String
        let intValue: Int? = nil
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    private static let later = "read it with the version of Assay that wrote it"

    /// The part of a header that all versions share.
    private struct Format: Codable {
        let format: String
        let version: Int
    }

    package init(from decoder: any Decoder) throws {
        let tags = try decoder.container(keyedBy: AnyTag.self).allKeys
        guard tags.count == 1, let name = tags.first?.stringValue else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "A line is an object with one tag."))
        }
        guard let tag = Tag(rawValue: name) else {
            throw FileLine.Fault(
                "'\(name.prefix(40))' is not known to this version and is ignored", remedy: Self.later)
        }
        let container = try decoder.container(keyedBy: Tag.self)
        switch tag {
        case .header:
            let found = try container.decode(Format.self, forKey: tag)
            guard found.format == RunHeader.format else {
                throw FileLine.Fault("its format is '\(found.format.prefix(40))'")
            }
            guard (1...RunHeader.version).contains(found.version) else {
                throw FileLine.Fault(
                    "its version is \(found.version), but this program reads only up to \(RunHeader.version)",
                    remedy: Self.later)
            }
            self = .header(try container.decode(RunHeader.self, forKey: tag))
        case .ceilings: self = .ceilings(try container.decode(Ceilings.self, forKey: tag))
        case .record: self = .record(try container.decode(Record.self, forKey: tag))
        case .end: self = .end(try container.decode(RunEnd.self, forKey: tag))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Tag.self)
        switch self {
        case .header(let header): try container.encode(header, forKey: .header)
        case .ceilings(let ceilings): try container.encode(ceilings, forKey: .ceilings)
        case .record(let record): try container.encode(record, forKey: .record)
        case .end(let end): try container.encode(end, forKey: .end)
        }
    }
}

extension RunLine {
    /// The bytes of the line with its line break.
    package func encoded() throws -> Data { try JSONLine.encode(self) }
}
