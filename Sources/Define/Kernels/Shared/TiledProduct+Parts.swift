extension TiledProduct {
    /// Some segments, or a part of one.
    struct Part {
        let segments: Range<Int>
        /// The first element within a segment, and the number of elements.
        let first: Int
        let depth: Int
        var rows: Int { segments.count * depth }

        /// The maximum number of rows of the packed matrix that are multiplied at a time. With fewer, adding to the
        /// result again would cost more than the caches gain.
        private static let mostRows = 1536

        static func all(segments: Int, depth: Int) -> [Part] {
            guard depth <= mostRows else {
                let pieces = (depth + mostRows - 1) / mostRows
                return (0..<segments).flatMap { segment in
                    (0..<pieces).map { piece in
                        let first = depth * piece / pieces
                        return Part(
                            segments: segment..<(segment + 1), first: first, depth: depth * (piece + 1) / pieces - first
                        )
                    }
                }
            }
            let number = (segments * depth + mostRows - 1) / mostRows
            let step = (segments + number - 1) / number
            return stride(from: 0, to: segments, by: step).map {
                Part(segments: $0..<min($0 + step, segments), first: 0, depth: depth)
            }
        }
    }
}
