import Settings
import Tensors
import Workloads

/// Builds a graph layer by layer. Shapes follow from the inputs. A mismatch is an error that names the layer.
package final class GraphBuilder {
    package private(set) var graph = Graph()
    /// How inputs that are not drawn are made: those of a graph.
    private(set) var fillers: [@Sendable (Operands, UInt64) throws -> Void] = []
    private var path: [String] = []
    /// Whether the layers that are added run only once.
    private var isCaching = false

    /// More would take minutes to plan.
    private static let mostLayers = 100_000

    package init() {}

    /// Goes on with a graph: see `TrainingStep`.
    init(_ graph: Graph, fillers: [@Sendable (Operands, UInt64) throws -> Void]) {
        self.graph = graph
        self.fillers = fillers
    }

    /// Adds an input of the network.
    package func input(_ name: String, _ extents: [Int], layout: String) throws(ShapeError) -> FeatureMap {
        map(try .input(name, extents, layout: layout)) { $0.addInput($1) }
    }

    /// Adds inputs of the network that are not just drawn. `fill` makes them from the seed, once all others are drawn.
    func inputs(_ operands: [Operand], fill: @escaping @Sendable (Operands, UInt64) throws -> Void) -> [FeatureMap] {
        fillers.append(fill)
        return operands.map { operand in map(operand) { $0.addInput($1) } }
    }

    /// Adds an input of the network, drawn as its operand says.
    func input(_ operand: Operand) -> FeatureMap { map(operand) { $0.addInput($1) } }

    /// Adds a weight of the module that is being built, which layers are given: a weight that several of them share, or that is
    /// not named after a layer.
    func parameter(
        _ name: String, _ extents: [Int], layout: String, values: Values
    ) throws(ShapeError) -> Weight {
        let name = (path + [name]).joined(separator: ".")
        graph.addWeight(try Operand(name, .weight, extents, layout: layout, values: values))
        return .given(name)
    }

    /// Adds a tensor that lives from run to run, with its value when a run begins. A layer with a state operand changes
    /// the tensor that it is given for that operand. Later layers that read it must be given what that layer returns.
    package func state(
        _ name: String, _ extents: [Int], layout: String, values: Values = .made, element: ElementType = .f32
    ) throws(ShapeError) -> FeatureMap {
        let name = (path + [name]).joined(separator: ".")
        return map(try Operand(name, .state, extents, layout: layout, values: values, element: element)) {
            $0.addState($1)
        }
    }

    /// A feature map of the graph by its number, as elements in a row.
    func map(_ number: Int) -> FeatureMap {
        let feature = graph.features[number]
        return FeatureMap(number: number, extents: [feature.count], element: feature.element)
    }

    private func map(_ operand: Operand, _ add: (inout Graph, Operand) -> Int) -> FeatureMap {
        FeatureMap(number: add(&graph, operand), extents: operand.shape.extents, element: operand.element)
    }

    /// Adds an output of the network.
    package func output(_ name: String, _ map: FeatureMap, layout: String) throws(ShapeError) {
        if let state = graph.features[map.number].state {
            throw mistake("the output '\(name)' is the state '\(state)'")
        }
        graph.addOutput(
            try Operand(name, .output, map.extents, layout: layout, element: map.element), feature: map.number)
    }

    /// Prefixes the names inside with this one: `layer1`, then `0`, then `conv1`.
    package func scope<T>(_ name: String, _ body: () throws(ShapeError) -> T) throws(ShapeError) -> T {
        path.append(name)
        defer { path.removeLast() }
        return try body()
    }

    /// The layers inside run only once, when the network is prepared. They may read nothing but inputs that stay as they are, and one
    /// another.
    func cached<T>(_ isCached: Bool = true, _ body: () throws(ShapeError) -> T) throws(ShapeError) -> T {
        let before = isCaching
        isCaching = before || isCached
        defer { isCaching = before }
        return try body()
    }

    /// Adds a layer: a kernel with parameters by key or word, and with feature maps by the names of its input operands.
    ///
    /// Its weights become weights of the model, `path.name.operand`. `renamed` gives the model's own names for
    /// operands; an empty name means that of the layer itself (`layer_scale`). `flattened` is for a convolution whose
    /// weight is that of a linear layer in the model, [outputs, inputs]. `weights` gives the layer weights that there are
    /// already. A state of the kernel that is not among the
    /// feature maps becomes a state of the model, named like a weight.
    /// - Returns: its first output, with the extents of the kernel's output operand.
    package func layer(
        _ name: String, _ kernel: Kind, _ parameters: [(String, any CustomStringConvertible)],
        inputs: [String: FeatureMap], weights: [String: Weight] = [:], renamed: [String: String] = [:],
        flattened: Bool = false
    ) throws(ShapeError) -> FeatureMap {
        try outputs(
            of: name, kernel, parameters, inputs: inputs, weights: weights, renamed: renamed, flattened: flattened
        )[0].map
    }

    /// Adds a layer like `layer`. Returns all that it writes, by operand names: outputs in order, then states.
    package func outputs(
        of name: String, _ kernel: Kind, _ parameters: [(String, any CustomStringConvertible)],
        inputs: [String: FeatureMap], weights: [String: Weight] = [:], renamed: [String: String] = [:],
        flattened: Bool = false
    ) throws(ShapeError) -> [(operand: String, map: FeatureMap)] {
        let whole = (path + (name.isEmpty ? [] : [name])).joined(separator: ".")
        do {
            return try add(whole, try kernel.workload(parameters), inputs, weights, renamed, flattened)
        } catch {
            // The model fixes the kernel of a layer. Its user can only change what the window must fit into.
            let remedy = error.parameter == "kernel" ? "use a larger image" : error.remedy
            throw ShapeError("layer '\(whole)': \(error.message)", remedy: remedy)
        }
    }

    /// Adds a layer that computes a workload, under its whole name. Returns all that it writes.
    func outputs(
        of name: String, _ workload: any Workload, inputs: [String: FeatureMap]
    ) throws(ShapeError) -> [(operand: String, map: FeatureMap)] {
        try add(name, workload, inputs, [:], [:], false)
    }

    private func add(
        _ name: String, _ workload: any Workload, _ inputs: [String: FeatureMap], _ given: [String: Weight],
        _ renamed: [String: String], _ flattened: Bool
    ) throws(ShapeError) -> [(operand: String, map: FeatureMap)] {
        var (inputs, weights): ([String: FeatureMap], [String: Weight]) = (inputs, [:])
        var (outputs, states) = ([(operand: String, map: FeatureMap)](), [(operand: String, map: FeatureMap)]())
        for operand in workload.operands where operand.role == .input { try check(inputs[operand.name], for: operand) }
        for operand in workload.operands {
            let path = [name, renamed[operand.name] ?? operand.name].filter { !$0.isEmpty }
            var named = operand.named(path.joined(separator: "."))
            switch operand.role {
            case .input: break
            case .state:
                if inputs[operand.name] == nil { inputs[operand.name] = map(named) { $0.addState($1) } }
                try check(inputs[operand.name], for: operand)
                guard let state = inputs[operand.name].flatMap({ graph.features[$0.number].state }) else {
                    throw mistake("it changes its '\(operand.name)', and what comes in is no state")
                }
                states.append((operand.name, map(operand.named(state)) { $0.changeState($1) }))
            case .weight:
                if let known = given[operand.name] {
                    weights[operand.name] = known
                    continue
                }
                if flattened, named.shape.extents.count > 1 {
                    let outputs = named.shape.extents[0]
                    named = named.reshaped([outputs, named.shape.count / outputs], layout: "NK")
                }
                graph.addWeight(named)
                weights[operand.name] = .given(named.name)
            case .output: outputs.append((operand.name, map(operand) { $0.addFeature(like: $1) }))
            }
        }
        outputs += states
        guard graph.layers.count < Self.mostLayers else {
            throw ShapeError(
                "more than \(Self.mostLayers) layers",
                remedy: "use fewer: the largest known networks have some thousands")
        }
        guard !outputs.isEmpty else { throw ShapeError("it has no output", remedy: "use another kernel") }
        graph.layers.append(
            Layer(
                name: name, workload: workload, inputs: inputs.mapValues(\.number), weights: weights,
                outputs: outputs.map { ($0.operand, $0.map.number) }, runsOnce: isCaching))
        return outputs
    }

    /// Throws unless a feature map can be an operand of a layer.
    private func check(_ map: FeatureMap?, for operand: Operand) throws(ShapeError) {
        guard let map, map.count == operand.shape.count, map.element == operand.element else {
            let given = map.map { "\($0.extents.map(String.init).joined(separator: "x")) \($0.element)" } ?? "nothing"
            throw mistake("its input '\(operand.name)' is \(operand.shape) \(operand.element), but \(given) comes in")
        }
        if let state = graph.features[map.number].state, graph.states[state]?.last != map.number {
            throw mistake("it reads '\(state)' as it was before another layer changed it")
        }
    }

    func mistake(_ message: String) -> ShapeError {
        ShapeError(message, remedy: "this is a mistake in the model: report it with the name of the case")
    }
}
