import Results

/// A kind of plot that a suite's `plots:` can request.
package protocol PlotKind: Sendable {
    /// The name in suite files: `bars`.
    static var name: String { get }
    /// A short description.
    static var summary: String { get }

    /// Suggested plots of these records if a suite requests none; empty if this kind would show little.
    static func suggestions(for data: PlotData) -> [PlotRequest]

    /// The plots of a request, in a fixed order; throws if the request names something that does not exist.
    static func plots(of data: PlotData, request: PlotRequest) throws(ReportProblem) -> [Plot]
}
