/// The look of a series: distinguished not only by hue but by lightness, pattern, shape and dash, for printing in grey.
struct SeriesStyle: Hashable, Sendable {
    let color: String
    /// gnuplot's fill style for bars.
    let fill: String
    let pointType: Int
    let dashType: Int
}

/// The styles of a report, the same in all its pictures: each implementation has its own colour. Symbol, pattern and
/// lightness distinguish everything else.
struct Styles: Sendable {
    /// The first two bars are solid, dark and light; from the third on, patterns distinguish them in grey.
    private static let all = [
        SeriesStyle(color: "#22406e", fill: "solid 1.0", pointType: 7, dashType: 1),
        SeriesStyle(color: "#e8a33d", fill: "solid 1.0", pointType: 5, dashType: 2),
        SeriesStyle(color: "#1f8a70", fill: "pattern 4", pointType: 9, dashType: 4),
        SeriesStyle(color: "#8a63b0", fill: "pattern 2", pointType: 13, dashType: 3),
        SeriesStyle(color: "#7c2238", fill: "pattern 5", pointType: 11, dashType: 5),
        SeriesStyle(color: "#2674ab", fill: "pattern 7", pointType: 6, dashType: 1),
        SeriesStyle(color: "#b5533c", fill: "pattern 1", pointType: 4, dashType: 2),
        SeriesStyle(color: "#9aa62f", fill: "pattern 6", pointType: 8, dashType: 4),
    ]
    /// The colour of series with several implementations.
    private static let mixed = "#5f5f5f"
    /// Implementations with the same style in all reports. Others take free styles in order of their names.
    private static let known = ["native", "openblas", "plain", "winograd", "fused", "gather-scatter"]
    /// gnuplot's symbols, the most different ones first: filled, empty, crosses.
    private static let symbols = [7, 5, 9, 13, 11, 15, 6, 4, 8, 12, 10, 14, 1, 2, 3]

    private let places: [String: Int]
    private let kernels: [String: Int]

    init(implementations: Set<String>, kernels: [String]) {
        let others = implementations.subtracting(Self.known).sorted()
        places = Dictionary(
            uniqueKeysWithValues: (Self.known + others).enumerated().map { ($1, $0) })
        self.kernels = Dictionary(kernels.enumerated().map { ($1, $0) }) { first, _ in first }
    }

    /// Styles for bars and lines. Series of one implementation share its colour, each lighter than the one before.
    func series(_ implementations: [String?]) -> [SeriesStyle] {
        implementations.indices.map { index in
            let own = implementations[index]
            let variant = implementations[..<index].count { $0 == own }
            let place = own.flatMap { places[$0] } ?? 0
            let marks = Self.all[(place + 3 * variant) % Self.all.count]
            return SeriesStyle(
                color: color(of: own, variant: variant, of: implementations.count { $0 == own }),
                fill: own == nil && variant == 0 ? "solid 1.0" : marks.fill, pointType: marks.pointType,
                dashType: marks.dashType)
        }
    }

    /// Styles for clouds of points: the colour is that of the implementation, the symbol that of the kernel. If a
    /// series has several kernels, the symbol is that of the implementation.
    func points(_ looks: [(implementation: String?, kernel: String?)]) -> [SeriesStyle] {
        let symbols = looks.map { look in
            look.kernel.flatMap { kernels[$0] }.map { Self.symbols[$0 % Self.symbols.count] }
                ?? Self.all[(look.implementation.flatMap { places[$0] } ?? 0) % Self.all.count].pointType
        }
        func isAlike(_ a: Int, _ b: Int) -> Bool {
            symbols[a] == symbols[b] && looks[a].implementation == looks[b].implementation
        }
        return looks.indices.map { index in
            let variant = (0..<index).count { isAlike($0, index) }
            return SeriesStyle(
                color: color(
                    of: looks[index].implementation, variant: variant,
                    of: looks.indices.count { isAlike($0, index) }),
                fill: "solid 1.0", pointType: symbols[index], dashType: 1)
        }
    }

    private func color(of implementation: String?, variant: Int, of count: Int) -> String {
        let place = implementation.flatMap { places[$0] }
        let color = place.map { Self.all[$0 % Self.all.count].color } ?? Self.mixed
        // After the eighth implementation, colours repeat in a darker shade.
        let isRepeated = (place ?? 0) >= Self.all.count
        let lightness = 0.6 * Double(variant) / Double(max(count - 1, 1))
        return isRepeated && variant == 0
            ? Self.mixed(color, with: 0, share: 0.45) : Self.mixed(color, with: 255, share: lightness)
    }

    /// A colour mixed with a share of white (255) or black (0).
    private static func mixed(_ color: String, with other: Double, share: Double) -> String {
        let value = Int(color.dropFirst(), radix: 16) ?? 0
        let parts = [16, 8, 0].map { shift in
            let part = Double(value >> shift & 0xFF)
            return String(Int((part + (other - part) * share).rounded()) + 0x100, radix: 16).suffix(2)
        }
        return "#" + parts.joined()
    }
}
