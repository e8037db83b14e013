import Settings
import Tensors

/// One tensor that a workload reads or writes.
package struct Operand: Sendable, Hashable {
    /// A state is both read and written: a run begins with what the previous run left.
    package enum Role: String, Sendable {
        case input, weight, state, output

        package var isWritten: Bool { self == .output || self == .state }
    }

    package private(set) var name: String
    package private(set) var role: Role
    package private(set) var element: ElementType
    package private(set) var shape: Shape
    /// The meaning of each extent, outermost first, one letter each if there is a usual one: "NHWC", "OIHW", "MK".
    package private(set) var layout: String
    package let values: Values
    /// Whether training learns it: then it counts among the parameters. Running statistics are weights that it does not learn.
    package private(set) var isLearned: Bool

    /// Throws if an extent is negative or the size overflows.
    package init(
        _ name: String, _ role: Role, _ extents: [Int], layout: String, values: Values = .made,
        element: ElementType = .f32, isLearned: Bool = true
    ) throws(ShapeError) {
        guard let shape = Shape(extents) else {
            let text = extents.map(String.init).joined(separator: "x")
            throw ShapeError(
                "the tensor '\(name)' of \(text) elements is larger than any memory", remedy: "make it smaller")
        }
        self.name = name
        self.role = role
        self.element = element
        self.shape = shape
        self.layout = layout
        self.values = values
        self.isLearned = isLearned && role == .weight
    }

    /// An input, drawn from 2u - 1 unless other values cover more of what a kernel does. (The inputs of a network's
    /// layers are the outputs of the layers before them.)
    package static func input(_ name: String, _ extents: [Int], layout: String, values: Values = .input)
        throws(ShapeError) -> Operand
    {
        try Operand(name, .input, extents, layout: layout, values: values)
    }

    /// A weight with `fanIn` terms behind an output.
    package static func weight(_ name: String, _ extents: [Int], layout: String, fanIn: Int) throws(ShapeError)
        -> Operand
    {
        try Operand(name, .weight, extents, layout: layout, values: .weight(fanIn: fanIn))
    }

    /// A bias, or the shift of a norm.
    package static func shift(_ name: String, _ count: Int) throws(ShapeError) -> Operand {
        try Operand(name, .weight, [count], layout: "C", values: .shift)
    }

    /// The scale of a norm, or a variance.
    package static func scale(_ name: String, _ count: Int) throws(ShapeError) -> Operand {
        try Operand(name, .weight, [count], layout: "C", values: .scale)
    }

    /// A running mean.
    package static func runningMean(_ name: String, _ count: Int) throws(ShapeError) -> Operand {
        try Operand(name, .weight, [count], layout: "C", values: .shift, isLearned: false)
    }

    /// A running variance.
    package static func runningVariance(_ name: String, _ count: Int) throws(ShapeError) -> Operand {
        try Operand(name, .weight, [count], layout: "C", values: .scale, isLearned: false)
    }

    package static func output(_ name: String, _ extents: [Int], layout: String) throws(ShapeError) -> Operand {
        try Operand(name, .output, extents, layout: layout)
    }

    /// An array of 32-bit indices that the workload makes itself.
    package static func indices(_ name: String, _ count: Int, layout: String) throws(ShapeError) -> Operand {
        try Operand(name, .input, [count], layout: layout, element: .i32)
    }

    /// The same operand under another name.
    package func named(_ name: String) -> Operand {
        var renamed = self
        renamed.name = name
        return renamed
    }

    /// The same operand in a workload of such elements. `f32` becomes the type itself. For a type of bytes, weights
    /// become `i8` and outputs `i32`, which holds the sums of their products.
    package func of(_ element: ElementType) -> Operand {
        guard self.element == .f32 else { return self }
        var typed = self
        let isByte = element.size == 1
        typed.element =
            switch role {
            case .input, .state: element
            case .weight: isByte ? .i8 : element
            case .output: isByte ? .i32 : element
            }
        return typed
    }

    /// A weight as a state that a training step changes.
    package var trained: Operand {
        var state = self
        (state.role, state.isLearned) = (.state, true)
        return state
    }

    /// The same operand with indices of 64 bits.
    package var widened: Operand {
        var wide = self
        if element == .i32 { wide.element = .i64 }
        return wide
    }

    /// The same operand as the reference leaves it: not rounded to `bf16`.
    package var exact: Operand {
        var exact = self
        if element == .bf16 { exact.element = .f32 }
        return exact
    }

    /// The same elements in the same order, with other extents.
    package func reshaped(_ extents: [Int], layout: String) -> Operand {
        guard let shape = Shape(extents), shape.count == self.shape.count else {
            preconditionFailure("\(self.shape) has not as many elements as \(extents)")
        }
        var reshaped = self
        (reshaped.shape, reshaped.layout) = (shape, layout)
        return reshaped
    }

    package var bytes: Int { shape.count * element.size }
}

/// The tensors of a workload by the names of its operands.
package struct Operands: Sendable {
    private let tensors: [String: Tensor]

    package init(_ tensors: [String: Tensor]) { self.tensors = tensors }

    /// Allocates every operand, zeroed.
    package init(allocating operands: [Operand]) throws(OutOfMemory) {
        var tensors: [String: Tensor] = [:]
        for operand in operands { tensors[operand.name] = try Tensor(operand.element, operand.shape) }
        self.tensors = tensors
    }

    /// The tensor of an operand that must exist.
    package subscript(name: String) -> Tensor {
        guard let tensor = tensors[name] else { preconditionFailure("no operand '\(name)'") }
        return tensor
    }

    /// The tensor of an operand that depends on the shape (a bias), or nil.
    package func optional(_ name: String) -> Tensor? { tensors[name] }

    /// The same operands, some of them with other tensors.
    package func with(_ others: Operands) -> Operands { Operands(tensors.merging(others.tensors) { $1 }) }

    /// The inputs and weights among these operands as `f32`, for a reference. The outputs stay as they are.
    package func asFloats(_ operands: [Operand]) throws(OutOfMemory) -> Operands {
        var floats = tensors
        for operand in operands where !operand.role.isWritten {
            floats[operand.name] = try tensors[operand.name]?.asFloats()
        }
        return Operands(floats)
    }

    /// The same inputs and weights, with new outputs, and with copies of the states.
    package func withFreshOutputs(of operands: [Operand]) throws(OutOfMemory) -> Operands {
        var fresh = tensors
        for operand in operands where operand.role.isWritten {
            fresh[operand.name] =
                try operand.role == .state
                ? self[operand.name].copied() : Tensor(operand.element, operand.shape)
        }
        return Operands(fresh)
    }
}
