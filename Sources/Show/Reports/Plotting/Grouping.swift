import Results

/// Records grouped into series along an axis, with at most one of a series at each place.
///
/// If x and the series' word leave several records at one place (a sweep of groups at four sizes), the fewest further
/// words that distinguish them are added. They become part of the series' names. If that makes too many series, each of
/// their values gets its own panel, a separate plot. If that makes too many panels as well, and places are texts, they
/// become part of the places.
struct Grouping {
    struct Point {
        let x: String
        let entry: Entry
    }

    struct Series {
        let name: String
        let points: [Point]
        /// The implementation of all its points; nil if they have several.
        var implementation: String? { points.map(\.entry).sharedImplementation }
    }

    struct Panel {
        /// What distinguishes this panel from others; empty if there is only one.
        let title: String
        /// The values along x, in record order or numeric order.
        let places: [String]
        let series: [Series]

        /// The panel divided into several with at most this many points each, or a single place.
        func divided(into size: Int) -> [Panel] {
            let counts = Dictionary(grouping: series.flatMap(\.points), by: \.x).mapValues(\.count)
            var (pages, room): ([[String]], Int) = ([], 0)
            for place in places {
                let count = counts[place] ?? 0
                if count > room || pages.isEmpty {
                    pages.append([])
                    room = size
                }
                pages[pages.count - 1].append(place)
                room -= count
            }
            guard pages.count > 1 else { return [self] }
            return pages.map { places in
                let own = Set(places)
                return Panel(
                    title: title, places: places,
                    series: series.map { Series(name: $0.name, points: $0.points.filter { own.contains($0.x) }) }
                        .filter { !$0.points.isEmpty })
            }
        }

        var entries: [Entry] { series.flatMap(\.points).map(\.entry) }
        var implementations: [String?] { series.map(\.implementation) }
    }

    let panels: [Panel]

    /// More series than this cannot be distinguished in one plot.
    private static let mostSeries = 6

    /// - Parameter placesAreTexts: whether places may contain more words than the value along x.
    init(_ data: PlotData, x: String, series word: String, placesAreTexts: Bool = false) {
        let entries = data.entries.filter { $0[x] != nil }
        let unneeded = ["machine", "commit"].filter { !data.origins.contains($0) }
        // A line from one kernel or model to another would say that one becomes the other.
        let names = Set(entries.map { $0["name"] })
        let apart = !placesAreTexts && names.count > 1 && x != "name" && word != "name" ? ["name"] : []
        let further = Self.words(
            apart: entries, at: [x, word], beginning: apart,
            among: data.words.filter { ![x, word].contains($0) && !apart.contains($0) && !unneeded.contains($0) })
        func name(_ words: [String], _ entry: Entry) -> String {
            words.compactMap { key in entry[key].map { Self.phrase(key, $0) } }.joined(separator: ", ")
        }
        let seriesNames = Set(entries.map { name([word], $0) })
        let parts = PlotData.grouped(entries) { name(further, $0) }
        let inOne = seriesNames.count * parts.count <= Self.mostSeries || parts.count == 1

        let placeWords = !inOne && placesAreTexts && parts.count > Paging.most ? further : []
        func place(_ entry: Entry) -> String {
            placeWords.isEmpty ? entry[x] ?? "" : "\(entry[x] ?? "") · \(name(placeWords, entry))"
        }

        func series(_ entries: [Entry], by words: [String]) -> [Series] {
            // A word with the same value everywhere says nothing.
            let telling = words.filter { key in Set(entries.map { $0[key] }).count > 1 }
            return PlotData.grouped(entries) { name(telling, $0) }.map { name, entries in
                Series(name: name, points: entries.map { Point(x: place($0), entry: $0) })
            }
        }
        func panel(_ title: String, _ entries: [Entry], by words: [String]) -> Panel {
            Panel(title: title, places: PlotData.ordered(entries.map(place)), series: series(entries, by: words))
        }
        panels =
            if inOne {
                [panel("", entries, by: [word] + further)]
            } else if !placeWords.isEmpty {
                [panel("", entries, by: [word])]
            } else {
                parts.map { panel($0.name, $0.entries, by: [word]) }
            }
    }

    /// A word and its value in a series' name: `2 threads`, `in 256`, or only the value if it is clear by itself.
    private static func phrase(_ word: String, _ value: String) -> String {
        switch word {
        case "implementation", "label", "name", "element", "commit", "machine", "run", "case", Record.varietyWord: value
        case "threads": value == "1" ? "1 thread" : "\(value) threads"
        default: "\(word) \(value)"
        }
    }

    /// The fewest words, found greedily, that leave one entry per place: first the machine if it helps, then the words
    /// with the fewest values.
    private static func words(
        apart entries: [Entry], at given: [String], beginning: [String], among candidates: [String]
    ) -> [String] {
        func places(_ words: [String]) -> Int { Set(entries.map { entry in words.map { entry[$0] } }).count }
        var chosen = beginning
        var reached = places(given + chosen)
        // A label or a case says everything at once: use it only if nothing else helps.
        let last = ["label", "run", "case"]
        var open = candidates.filter { !last.contains($0) } + last.filter(candidates.contains)
        while reached < entries.count {
            let scored = open.enumerated().map { index, word in
                (
                    word: word, places: places(given + chosen + [word]),
                    rank: word == "machine" ? 0 : last.contains(word) ? 2 : 1,
                    values: Set(entries.map { $0[word] }).count, index: index
                )
            }.filter { $0.places > reached }
            guard
                let best = scored.min(by: {
                    ($0.rank, -$0.places, $0.values, $0.word.count, $0.index)
                        < ($1.rank, -$1.places, $1.values, $1.word.count, $1.index)
                })
            else { break }
            chosen.append(best.word)
            reached = best.places
            open.removeAll { $0 == best.word }
        }
        return chosen
    }
}
