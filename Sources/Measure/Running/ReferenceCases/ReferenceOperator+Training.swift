import Networks
import Workloads

/// Networks that are trained for some steps.
extension ReferenceOperator {
    static let training = [
        ReferenceOperator(name: "train_gcn") { known in
            question(
                known, "gcn",
                [
                    "ci": known.width("x"), "hidden": known.rows("conv1.lin.weight"),
                    "classes": known.numeral("classes"),
                ])
        }
    ]

    private static func question(
        _ known: ReferenceCase, _ model: String, _ arguments: [String: String?]
    ) -> Question? {
        guard let found = try? Catalog.all.find(model).kind, let steps = known.count("steps") else { return nil }
        let training = [
            "mode": "training", "optimizer": known.word("optimizer")?.lowercased(), "lr": known.numeral("lr"),
        ]
        return Question(
            kind: found, arguments: given(arguments.merging(training) { $1 }.compactMapValues { $0 }), steps: steps)
    }
}
