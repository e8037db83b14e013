/// How a case is run: the part after the shape in its name.
///
///     Setting("native", threads: 4).text   // /native/f32/t4
package struct Setting: Sendable, Hashable {
    package var implementation: String
    package var element: ElementType
    package var threads: Int
    /// The number of processes that compute it together.
    package var ranks: Int

    package init(_ implementation: String, element: ElementType = .f32, threads: Int = 1, ranks: Int = 1) {
        self.implementation = implementation
        self.element = element
        self.threads = threads
        self.ranks = ranks
    }

    /// More threads than any intended machine has, but few enough for the integers of libraries.
    package static let mostThreads = 1024
    package static let mostRanks = 1024

    /// The implementation as tables name it: with the element type, if that is not `f32`.
    package var contestant: String { element == .f32 ? implementation : "\(implementation) \(element.rawValue)" }

    /// The end of a case's name. Ranks are written only if there are several.
    package var text: String {
        "/\(implementation)/\(element.rawValue)/t\(threads)" + (ranks > 1 ? "/r\(ranks)" : "")
    }
}

/// In files and messages each part has its own key, beside the keys of what it belongs to. A part that older files lack
/// has its default.
extension Setting: Codable {
    private enum CodingKeys: CodingKey { case implementation, element, threads, ranks }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        implementation = try values.decode(String.self, forKey: .implementation)
        threads = try values.decode(Int.self, forKey: .threads)
        ranks = try values.decodeIfPresent(Int.self, forKey: .ranks) ?? 1
        let word = try values.decodeIfPresent(String.self, forKey: .element) ?? ElementType.f32.rawValue
        guard let element = ElementType(rawValue: word) else {
            throw DecodingError.dataCorruptedError(
                forKey: .element, in: values, debugDescription: "'\(word)' is no element type of this version")
        }
        self.element = element
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(implementation, forKey: .implementation)
        try values.encode(element.rawValue, forKey: .element)
        try values.encode(threads, forKey: .threads)
        if ranks > 1 { try values.encode(ranks, forKey: .ranks) }
    }
}

extension Setting {
    /// The parts of a setting that were given; nil means left open.
    package struct Given: Sendable, Hashable {
        package var implementation: String?
        package var element: ElementType?
        package var threads: Int?
        package var ranks: Int?

        package init(threads: Int? = nil) { self.threads = threads }

        /// Reads the parts between the slashes after a shape: `native`, `f32`, `t4`, `r2`, or the first of these.
        package init(parsing parts: [String]) throws(SettingError) {
            guard parts.count <= 4, !parts.contains("") else { throw .form }
            implementation = parts.first
            if parts.count > 1 {
                element = ElementType(rawValue: parts[1])
                if element == nil { throw .element(parts[1]) }
            }
            if parts.count > 2 {
                threads = Self.number(behind: "t", in: parts[2], upTo: Setting.mostThreads)
                if threads == nil { throw .threads(parts[2]) }
            }
            if parts.count > 3 {
                ranks = Self.number(behind: "r", in: parts[3], upTo: Setting.mostRanks)
                if ranks == nil { throw .ranks(parts[3]) }
            }
        }

        private static func number(behind letter: Character, in part: String, upTo most: Int) -> Int? {
            guard part.first == letter, let number = Int(part.dropFirst()), (1...most).contains(number) else {
                return nil
            }
            return number
        }
    }
}

/// Why a text is not a setting: the wrong part.
package enum SettingError: Error, Hashable, Sendable {
    case form
    case element(String)
    case threads(String)
    case ranks(String)

    package var message: String {
        switch self {
        case .form: "it is not /IMPLEMENTATION/f32/t1"
        case .element(let text): "there is no element type '\(text)'"
        case .threads(let text): "'\(text)' is not a number of threads"
        case .ranks(let text): "'\(text)' is not a number of ranks"
        }
    }

    package var remedy: String {
        switch self {
        case .form: "write NAME[KEY=VALUE,...]/IMPLEMENTATION/f32/t1"
        case .element: "write one of " + ElementType.allCases.map(\.rawValue).joined(separator: ", ")
        case .threads: "write t1, t2 ... t\(Setting.mostThreads)"
        case .ranks: "write r1, r2 ... r\(Setting.mostRanks)"
        }
    }
}
