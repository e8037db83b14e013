import Workloads

extension Kind {
    /// A model: a network with one schema. `Schema.model` makes that and adds the parameters that all models have.
    /// - Parameter build: writes its layers from the input to the outputs.
    package static func model(
        _ schema: Schema, build: @escaping @Sendable (GraphBuilder, Arguments) throws(ShapeError) -> Void
    ) -> Kind {
        Kind(schema) { (arguments) throws(ShapeError) in try Network(schema, arguments, build: build) }
    }
}

extension Schema {
    static let without = Parameter(
        "without", .choices(Passes.all.map(\.name)), .value(.words([])), "passes over the graph that are left out")

    static let layerChoices = Parameter(
        "layers", .assignments, .value(.words([])),
        "implementations of single layers, or of all inside a module: layer1.0.conv1=openblas"
    ).asExtra

    /// The schema of a model: its own parameters, and those that all models have.
    ///
    /// - Parameters:
    ///   - resolution: the default height and width of the image.
    ///   - classes: the default number of outputs of the classifier; nil if there is no classifier.
    ///   - example: a shape small enough for a test.
    package static func model(
        _ name: String, _ summary: String, _ own: [Parameter] = [], resolution: Int = 224, classes: Int? = 1000,
        example: String = "h=32,w=32,classes=10"
    ) -> Schema {
        Schema(
            name, summary,
            [
                .count("n", as: "batch", default: 1, "images"),
                .count("h", as: "height", default: resolution, "height of the image").usually(4...4096),
                .count("w", as: "image_width", default: resolution, "width of the image").usually(4...4096),
            ] + own + (classes.map { [.count("classes", default: $0, "outputs of the classifier")] } ?? []) + [
                without, layerChoices,
            ] + TrainingStep.parameters,
            shorthands: [Shorthand("resolution", sets: ["h", "w"], splits: true, "height and width of the image")],
            example: example)
    }
}

extension GraphBuilder {
    /// The image of a model.
    package func image(_ arguments: Arguments, channels: Int = 3) throws(ShapeError) -> FeatureMap {
        try input("x", [arguments.int("n"), arguments.int("h"), arguments.int("w"), channels], layout: "NHWC")
    }
}
