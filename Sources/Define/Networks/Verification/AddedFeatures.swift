import Tensors
import Workloads

/// What the maps that passes added were computed from.
struct AddedFeatures {
    private struct Origin {
        /// Maps of the written graph with their values.
        let sources: [Int: Tensor]
        let reductionLength: Int
    }

    private var origins: [Int: Origin] = [:]

    /// A map that a layer computes from others. Copies what it reads: it may be overwritten before the map is read.
    mutating func add(_ feature: Int, by layer: Layer, from inputs: [Int: Tensor]) throws(OutOfMemory) {
        var sources: [Int: Tensor] = [:]
        for (input, tensor) in self.sources(of: inputs) { sources[input] = try tensor.copied() }
        let before = inputs.keys.compactMap { origins[$0]?.reductionLength }.max() ?? 1
        origins[feature] = Origin(sources: sources, reductionLength: max(before, layer.workload.reductionLength))
    }

    /// The same maps, with what they were computed from in place of those that were added.
    func sources(of inputs: [Int: Tensor]) -> [Int: Tensor] {
        inputs.reduce(into: [:]) { sources, input in
            if let origin = origins[input.key] {
                sources.merge(origin.sources) { $1 }
            } else {
                sources[input.key] = input.value
            }
        }
    }

    /// The factor by which errors of added maps let a sum of them deviate more than one of exact terms.
    func growth(of inputs: some Sequence<Int>) -> Double {
        let longest = inputs.compactMap { origins[$0]?.reductionLength }.max()
        return longest.map { 1 + Double($0).squareRoot() } ?? 1
    }
}
