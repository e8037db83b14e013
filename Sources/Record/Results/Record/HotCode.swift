/// Where a case spends its time: the number of samples of the program counter at each place of the machine code.
///
/// It is written where the case runs and read where builds are compared, so places refer to files, not to a process.
package struct HotCode: Codable, Sendable, Hashable {
    /// An instruction and the number of samples that found the program there.
    package struct Place: Codable, Sendable, Hashable {
        /// The path of the shared library with links resolved, or "" for the program itself.
        package var object: String
        /// A virtual address in that file.
        package var address: UInt64
        package var count: Int

        package init(object: String, address: UInt64, count: Int) {
            self.object = object
            self.address = address
            self.count = count
        }
    }

    /// Each place once, those with most samples first.
    package private(set) var places: [Place]
    /// Samples elsewhere: at rare places, and in code without a file.
    package private(set) var others: Int
    /// Places in the program that influence that time without taking it, as ascending addresses in the program: return
    /// addresses of functions that were running, and code that ran while the case was prepared. Nil if this was not
    /// sampled, or there were too many.
    package var surroundings: [UInt64]?

    /// More places would make a long line, and add nothing about where the time goes.
    package static let mostPlaces = 500

    /// Adds up the samples of equal places and keeps the `mostPlaces` places with most samples.
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

    /// Rejects counts that no sampling produces, since their sums would overflow.
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

    /// The number of all samples.
    package var samples: Int { places.reduce(others) { $0 + $1.count } }
}
