/// A report in every form in which it can be printed; all but JSON end with a line break.
package protocol PrintedReport {
    /// For a terminal.
    var text: String { get }
    var csv: String { get }
    /// To be pasted into a pull request.
    var markdown: String { get }
    func json() throws -> String
}
