import Results

/// A kind of plot that a suite's `plots:` can ask for.
package protocol PlotKind: Sendable {
    /// In suite files: `bars`.
    static var name: String { get }
    /// A short description.
    static var summary: String { get }

    /// What to draw of these records where a suite asks for nothing; empty if this kind says little about them.
    static func suggestions(for data: PlotData) -> [PlotRequest]

    /// The plots of a request, in a fixed order; throws if the request names what there is not.
    static func plots(of data: PlotData, request: PlotRequest) throws(ReportProblem) -> [Plot]
}
