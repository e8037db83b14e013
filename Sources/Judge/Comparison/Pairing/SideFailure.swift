import Results

/// Why a side could not measure a case.
package struct SideFailure: Error, Codable, Sendable, Hashable {
    package var side: Side
    package var failure: Failure

    package init(_ side: Side, _ failure: Failure) {
        self.side = side
        self.failure = failure
    }

    /// Runs the body, and attributes a failure to a side.
    static func blaming<Value>(_ side: Side, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let failure as Failure { throw SideFailure(side, failure) }
    }
}

/// The program of a side does not know the case.
package struct UnknownCase: Error {
    let side: Side
}
