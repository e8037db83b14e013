import Results

/// The functions that contain the samples of one side.
struct HotFunctions {
    /// A function of the program, or of a shared library.
    struct Function: Hashable {
        /// The library's file name; empty for the program.
        let library: String
        /// The function's name; empty for the whole library, if the library has no names.
        let name: String
        /// A fingerprint of the code, if the name is not stable: the code then identifies the function.
        let print: UInt64?

        static func == (one: Function, other: Function) -> Bool {
            one.library == other.library && one.print == other.print && (one.print != nil || one.name == other.name)
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(library)
            hasher.combine(print)
            if print == nil { hasher.combine(name) }
        }
    }

    let counts: [Function: Int]
    /// The path of each library by its file name.
    let paths: [String: String]
    /// The number of all samples, including those outside known functions.
    let samples: Int

    /// - Parameter libraries: the libraries by path; those that cannot be read are missing.
    init(_ hot: HotCode, in program: ProgramCode, libraries: [String: ProgramCode]) {
        var counts: [Function: Int] = [:]
        var paths: [String: String] = [:]
        for place in hot.places {
            let library = place.object.split(separator: "/").last.map(String.init) ?? ""
            let code = library.isEmpty ? program : libraries[place.object]
            let found = code?.function(at: place.address)
            let function: Function
            if library.isEmpty {
                guard let found else { continue }
                function = Function(found, in: program)
            } else {
                function = Function(library: library, name: found?.name ?? "", print: nil)
            }
            counts[function, default: 0] += place.count
            paths[library] = place.object
        }
        self.counts = counts
        self.paths = paths
        samples = hot.samples
    }

    /// The number of samples in known functions.
    var located: Int { counts.values.reduce(0, +) }

    /// The share of these in one function.
    func share(of function: Function) -> Double { Double(counts[function] ?? 0) / Double(max(1, located)) }

    /// Functions with a smaller share of the time do not decide it.
    private static let least = 0.01
    /// But neither may all omitted functions together.
    private static let most = 0.05

    /// The functions in which the time is spent.
    var leading: [Function] {
        let ranked = counts.sorted { ($1.value, $0.key.name) < ($0.value, $1.key.name) }
        var (leading, covered): ([Function], Double) = ([], 0)
        for (function, _) in ranked where share(of: function) >= Self.least || covered < 1 - Self.most {
            leading.append(function)
            covered += share(of: function)
        }
        return leading
    }
}
