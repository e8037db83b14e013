import CPlatform
import Glibc
import Results

/// Finds the machine code in which a body spends its time, by sampling this thread about ten thousand times per second.
///
/// Helper threads are not sampled: in a pool the calling thread always does a share of the work. Time spent waiting
/// counts as well.
package enum CodeSamples {
    /// Not a round number, so that no loop runs in step with it.
    private static let period: Int64 = 97_003

    /// Calls the body at least once, and repeats it until this many seconds have passed. Returns no samples if another
    /// thread is being sampled or the system cannot provide a timer.
    package static func during(atLeast seconds: Double = 0.05, _ body: () -> Void) -> HotCode {
        var counters = [UInt64](repeating: 0, count: assay_most_code_samples)
        var callers = [UInt64](repeating: 0, count: Int(assay_most_callers))
        var callerCount: Int32 = 0
        let start = nanoseconds(of: CLOCK_MONOTONIC)
        let samples = assay_begin_sampling_code(period) == 0
        repeat { body() } while Double(nanoseconds(of: CLOCK_MONOTONIC) - start) < seconds * 1e9
        guard samples else { return HotCode([]) }
        let count = assay_end_sampling_code(&counters, &callers, &callerCount)
        return located(
            counters.prefix(Int(count)), callers: callerCount < 0 ? nil : callers.prefix(Int(callerCount)))
    }

    /// Samples a case: where its time goes, the callers of that code, and the code that prepares it.
    ///
    /// Preparing decides how the work is divided, so a change in it changes the time of unchanged code.
    /// - Parameter prepare: prepares the case once more.
    package static func ofCase(prepare: () throws -> Void, run: () -> Void) -> HotCode {
        var code = during(run)
        let preparing = during { try? prepare() }
        guard let callers = code.surroundings, let others = preparing.surroundings else {
            code.surroundings = nil
            return code
        }
        let places = preparing.places.filter(\.object.isEmpty).map(\.address)
        code.surroundings = Set(callers + others + places).sorted()
        return code
    }

    /// The places of program counters in their files. Must be called while the libraries are still loaded.
    static func located(_ counters: some Sequence<UInt64>, callers: ArraySlice<UInt64>? = []) -> HotCode {
        var paths: [String: String] = [:]
        var places: [HotCode.Place] = []
        var others = 0
        for counter in counters {
            var object = assay_object()
            guard assay_object_at(counter, &object) != 0, let name = object.path.map({ String(cString: $0) }) else {
                others += 1
                continue
            }
            let path = paths[name] ?? followed(name)
            paths[name] = path
            places.append(HotCode.Place(object: path, address: counter &- object.bias, count: 1))
        }
        return HotCode(
            places, others: others,
            surroundings: callers?.compactMap { caller in
                var object = assay_object()
                return assay_object_at(caller, &object) == 0 ? nil : caller &- object.bias
            })
    }

    /// The path with links resolved. Unchanged if there is no such file: the kernel's own code has a name but no file.
    private static func followed(_ path: String) -> String {
        guard !path.isEmpty, let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}
