/// One entry of a suite's `plots:`.
package struct PlotRequest: Sendable, Hashable {
    /// The kind of plot: `bars`, `lines`, `roofline`, `scatter`, `distribution`.
    package var kind: String
    /// The parameter, or metric, along the x axis.
    package var x: String?
    /// The metric along the y axis.
    package var y: String?
    /// What distinguishes the series: `implementation`, `threads`, or a parameter.
    package var series: String?
    package var title: String?
    /// Only cases that match one of these patterns: see `CaseFilter`. Empty for all.
    package var filters: [String]
    /// Leave out cases that match one of these patterns.
    package var exclude: [String]

    package init(
        kind: String, x: String? = nil, y: String? = nil, series: String? = nil, title: String? = nil,
        filters: [String] = [], exclude: [String] = []
    ) {
        self.kind = kind
        self.x = x
        self.y = y
        self.series = series
        self.title = title
        self.filters = filters
        self.exclude = exclude
    }

    /// The patterns, compiled.
    package func filter() throws(PatternError) -> CaseFilter { try CaseFilter(filters, excluding: exclude) }
}

extension PlotRequest: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind, x, y, series, title, filters, exclude
        /// Words, in run files from before filters were regular expressions.
        case filter
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let words = try container.decodeIfPresent(String.self, forKey: .filter).map { [FilterWords($0).pattern] }
        self.init(
            kind: try container.decode(String.self, forKey: .kind),
            x: try container.decodeIfPresent(String.self, forKey: .x),
            y: try container.decodeIfPresent(String.self, forKey: .y),
            series: try container.decodeIfPresent(String.self, forKey: .series),
            title: try container.decodeIfPresent(String.self, forKey: .title),
            filters: try container.decodeIfPresent([String].self, forKey: .filters) ?? words ?? [],
            exclude: try container.decodeIfPresent([String].self, forKey: .exclude) ?? [])
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        try container.encodeIfPresent(x, forKey: .x)
        try container.encodeIfPresent(y, forKey: .y)
        try container.encodeIfPresent(series, forKey: .series)
        try container.encodeIfPresent(title, forKey: .title)
        if !filters.isEmpty { try container.encode(filters, forKey: .filters) }
        if !exclude.isEmpty { try container.encode(exclude, forKey: .exclude) }
    }
}
