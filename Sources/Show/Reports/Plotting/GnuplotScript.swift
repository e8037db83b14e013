import CGnuplot

/// A script file that is being written through gnuplot-iostream.
package struct GnuplotScript: ~Copyable {
    private let path: String
    /// NULL once it is closed.
    private var handle: OpaquePointer?

    /// Creates or empties the file.
    package init(path: String) throws(ReportProblem) {
        var error: Int32 = 0
        handle = assay_script_open(path, &error)
        self.path = path
        guard handle != nil else { throw .writing(path, errno: error) }
    }

    deinit { if let handle { _ = assay_script_close(handle) } }

    package func line(_ text: String) {
        if let handle { assay_script_line(handle, text) }
    }

    /// Writes a named data block; columns are separated by spaces.
    package func block(_ name: String, rows: [String]) {
        guard let handle else { return }
        for row in rows { assay_script_row(handle, row) }
        assay_script_block(handle, name)
    }

    /// Closes the file. Throws if any earlier write failed: errors are kept until here.
    package consuming func close() throws(ReportProblem) {
        guard let handle = handle.take() else { return }
        let error = assay_script_close(handle)
        guard error == 0 else { throw .writing(path, errno: error) }
    }
}
