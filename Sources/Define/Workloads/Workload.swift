import Settings
import Tensors

/// Something that can be counted, checked and measured: a kernel, or a network of them.
///
/// A value is one shape. Creating it checks everything that can be wrong with the shape. After that nothing throws
/// until memory is allocated. What it costs follows from `operands`, `macs` and `elementOperations` alone, so a plan is
/// counted without executing anything.
///
///     let product = try MatMul.kind.workload(from: CaseName(parsing: "matmul[m=4,n=5,k=6]").given)
///     product.macs                           // 120
///     product.implementations.map(\.name)    // native, openblas
///
/// Kernels conform to `Kernel`; see `MatMul`. Networks, and workloads made while the program runs, conform directly.
package protocol Workload: Sendable {
    /// The name and the parameters, with their descriptions.
    var kind: Kind { get }

    /// The complete shape, in the schema's order.
    var arguments: Arguments { get }

    /// Every tensor that is read or written, in the order in which they are dumped.
    var operands: [Operand] { get }

    /// Multiply-adds. Padding taps of convolutions count, linear and attention products count, and causal tiles that
    /// are skipped count in full. Biases, norms, activations, softmax, pooling and interpolation do not count.
    var macs: Int { get }

    /// The multiply-adds that any direct algorithm has to do: `macs` without those that a mask removes. The machine's
    /// limit applies to these.
    var necessaryMACs: Int { get }

    /// The operations that `macs` leaves out, by kind.
    var elementOperations: [ElementOperations] { get }

    /// Bytes of inputs on which no output depends: of nodes without edges, of pixels between windows. Default: 0.
    var unreadBytes: Int { get }

    /// The inputs that the output may overwrite, element by element, in every implementation and in the reference.
    var overwritable: [String] { get }

    /// The length of the longest sum behind an output element. It sets the tolerance.
    var reductionLength: Int { get }

    /// The sums behind the elements of an output, all of them in order, for filled operands. The default is one entry
    /// for all, of `reductionLength`. Override it if some elements are longer sums than others, or far larger.
    func sums(behind output: Operand, in tensors: Operands) -> [Sums]

    /// The implementations, in the order in which they are listed. The reference is not among them.
    var implementations: [Implementation] { get }

    /// The implementation to take if `name` is preferred: another one of the same maker, if it is faster for this
    /// shape. The default is the name itself.
    func implementation(preferring name: String) -> String

    /// Fills inputs, weights and states. By default each is drawn from the stream of its name. A workload with `.made`
    /// operands (a graph) makes them here.
    func fill(_ tensors: Operands, seed: UInt64) throws

    /// Bytes that the reference needs besides inputs and weights: its outputs and its intermediate data.
    var referenceBytes: Int { get }

    /// Computes the outputs and changes the states, with plain loops that anyone can check by eye, summing in `Double`.
    /// Inputs are taken as they are, rounded to their type. The outputs may be `exact` ones.
    ///
    /// Throws if there is not enough memory.
    func reference(_ tensors: Operands) throws
}

/// A number of operations on single elements that are not MACs: "exp", "add", "compare" ...
package struct ElementOperations: Hashable, Sendable {
    package let kind: String
    package let count: Int

    package init(_ kind: String, _ count: Int) {
        self.kind = kind
        self.count = count
    }
}

extension [ElementOperations] {
    /// The same with each kind once, in the order in which they first appear.
    package var merged: [ElementOperations] {
        reduce(into: []) { merged, operations in
            if let known = merged.firstIndex(where: { $0.kind == operations.kind }) {
                merged[known] = ElementOperations(operations.kind, merged[known].count + operations.count)
            } else {
                merged.append(operations)
            }
        }
    }
}

extension Workload {
    package var schema: Schema { kind.schema }

    /// The type of the input elements.
    package var element: ElementType { arguments.element }

    /// The same workload with other values of some parameters.
    package func with(_ changes: [String: Value]) throws(ShapeError) -> any Workload {
        var changed = arguments
        for (key, value) in changes { changed[key] = value }
        return try kind.workload(changed)
    }

    /// Name and shape, as in the name of a case: `matmul[m=64,k=64,n=64]`.
    package var name: String { "\(schema.name)[\(arguments)]" }

    /// The values of the parameters by their words in suites, as text.
    package var words: [String: String] {
        var words: [String: String] = [:]
        for (key, value) in arguments.pairs {
            if let parameter = schema.parameter(key) { words[parameter.word] = value.description }
        }
        return words
    }

    /// The shape as a user would type it, without defaults: `ci=64,co=64,h=56,w=56,k=3`.
    package var brief: String { schema.brief(arguments).description }

    package var unreadBytes: Int { 0 }

    package var overwritable: [String] { [] }

    package var referenceBytes: Int {
        operands.lazy.filter { $0.role.isWritten }.reduce(0) { $0 + $1.exact.bytes } + floatBytes
    }

    /// Bytes of inputs and weights as `f32`, if they have another type: `Operands.asFloats`.
    package var floatBytes: Int {
        element == .f32 ? 0 : operands.lazy.filter { !$0.role.isWritten }.reduce(0) { $0 + 4 * $1.shape.count }
    }

    /// The same inputs and weights, with room for the reference's outputs.
    package func expectedOperands(for tensors: Operands) throws(OutOfMemory) -> Operands {
        try tensors.withFreshOutputs(of: operands.map(\.exact))
    }

    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        [Sums(elements: output.shape.count, length: reductionLength)]
    }

    package var necessaryMACs: Int { macs }

    package func implementation(preferring name: String) -> String { name }

    package func fill(_ tensors: Operands, seed: UInt64) throws { fillByName(tensors, seed: seed) }

    /// Draws every operand that is not `.made` from the stream of its name.
    package func fillByName(_ tensors: Operands, seed: UInt64) {
        for operand in operands where operand.role != .output {
            operand.values.fill(tensors[operand.name], name: operand.name, seed: seed)
        }
    }

    /// All implementations and, last, the reference.
    package var allImplementations: [Implementation] { implementations + [.reference(of: self)] }
}
