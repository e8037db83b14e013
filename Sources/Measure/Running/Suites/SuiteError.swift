import Workloads

/// What is wrong with a suite: the place, the fault and the remedy.
package struct SuiteError: Error, Hashable, CustomStringConvertible {
    package let place: Place
    package let message: String
    package let remedy: String

    package init(_ message: String, at place: Place, remedy: String) {
        self.place = place
        self.message = message
        self.remedy = remedy
    }

    /// A shape's error, at the place where the shape was written.
    init(_ error: ShapeError, at place: Place) {
        self.init(error.message, at: place, remedy: error.remedy)
    }

    package var description: String { "\(place): \(message); \(remedy)" }
}
