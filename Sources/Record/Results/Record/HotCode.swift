/// Where the time of a case goes: how many samples of the program counter fell on each place of the machine code.
///
/// It is written where the case runs and read where two builds are compared, so places are those of files, not of a process.
package struct HotCode: Codable, Sendable, Hashable {
    /// An instruction and the samples that found the program there.
    package struct Place: Codable, Sendable, Hashable {
        /// The path of the shared library with all links followed, or "" for the program itself.
        package var object: String
        /// In the virtual addresses of that file.
        package var address: UInt64
        package var count: Int

        package init(object: String, address: UInt64, count: Int) {
            self.object = object
            self.address = address
            self.count = count
        }
    }

    /// Each place once, most samples first.
    package private(set) var places: [Place]
    /// Samples elsewhere: in places that were rarely seen, and in code of no file.
    package private(set) var others: Int
    /// Places in the program that decide over that time without holding it, in the program's own addresses, ascending:
    /// where functions that were running would have returned to, and what ran when the case was prepared. Nil if
    /// that was not watched, or there were too many.
    package var surroundings: [UInt64]?

    /// More places than this would make a long line and say nothing more of where the time goes.
    package static let mostPlaces = 500

    /// Adds up the samples of equal places and keeps the `mostPlaces` that have most.
    package init(_ samples: [Place], others: Int = 0, surroundings: [UInt64]? = nil) {
        self.surroundings = surroundings.map { Set($0).sorted() }
        let counts = Dictionary(grouping: samples) { Place(object: $0.object, address: $0.address, count: 0) }
        let places = counts.map { place, all in
            Place(object: place.object, address: place.address, count: all.reduce(0) { $0 + $1.count })
        }
        let ranked = places.sorted {
            ($1.count, $0.object, $0.address) < ($0.count, $1.object, $1.address)
        }
        self.places = Array(ranked.prefix(Self.mostPlaces))
        self.others = others + ranked.dropFirst(Self.mostPlaces).reduce(0) { $0 + $1.count }
    }

    /// Refuses counts that no sampling gives, since sums of them would overflow.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let places = try values.decode([Place].self, forKey: .places)
        let others = try values.decode(Int.self, forKey: .others)
        for count in places.map(\.count) + [others] where !(0...Int(Int32.max)).contains(count) {
            throw DecodingError.dataCorruptedError(forKey: .places, in: values, debugDescription: "\(count) samples")
        }
        let surroundings = try values.decodeIfPresent([UInt64].self, forKey: .surroundings)
        self.init(places, others: others, surroundings: surroundings)
    }

    /// All samples.
    package var samples: Int { places.reduce(others) { $0 + $1.count } }
}
