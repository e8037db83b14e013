import Results
import Settings
import Workloads

/// A suite as written: words with their places. Nothing is resolved yet.
package struct Suite: Sendable {
    /// A word or a value with its place.
    package struct Placed<Content: Sendable>: Sendable {
        package let content: Content
        package let place: Place
    }

    /// One item of `cases:`.
    package struct Entry: Sendable {
        /// `kernel` or `model`.
        package let kind: String
        package let name: Placed<String>
        package let label: Placed<String>?
        package let with: [(word: Placed<String>, value: Placed<String>)]
        package let sweep: [(word: Placed<String>, values: [Placed<String>])]
        package let elements: [Placed<ElementType>]?
        package let implementations: [Placed<String>]?
        package let threads: [Placed<Int>]?
        package let place: Place
    }

    /// Applies to cases that do not say otherwise.
    package struct Defaults: Sendable {
        package var elements: [Placed<ElementType>]?
        package var threads: [Placed<Int>]?
        package var implementations: [Placed<String>]?
        package var sampling = SamplingDefaults()
    }

    /// The file's name without its extension.
    package let name: String
    package let path: String
    package let text: String
    /// The number of keys, words and lists with all aliases expanded.
    let values: Int
    package let title: String
    package let defaults: Defaults
    package let includes: [Placed<String>]
    package let entries: [Entry]
    package let plots: [Placed<PlotRequest>]
}

/// The sampling that a suite requests; the command line overrides it.
package struct SamplingDefaults: Sendable, Hashable {
    /// Half-width of the median's interval as a share of the median.
    package var precision: Double?
    /// Seconds per case.
    package var timeLimit: Double?
    package var samples: Int?

    package init(precision: Double? = nil, timeLimit: Double? = nil, samples: Int? = nil) {
        self.precision = precision
        self.timeLimit = timeLimit
        self.samples = samples
    }
}
