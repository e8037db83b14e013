/// Parameters whose keys differ in older files; the cases are the same under a new name.
package enum FormerNames {
    /// A parameter of the models whose names begin with one of `models`.
    private struct Renaming {
        let models: [String]
        let former: String
        let key: String
        /// The word in suites, and in the parameters of a record.
        let word: String
    }

    private static let residual = ["resnet", "resnext", "wide_resnet", "retinanet_resnet", "deeplabv3_resnet"]
    private static let renamings = [
        Renaming(models: residual, former: "width", key: "width_per_group", word: "width_per_group"),
        Renaming(models: ["vit_"], former: "width", key: "hidden", word: "hidden"),
        Renaming(models: ["vit_"], former: "depth", key: "blocks", word: "blocks"),
        Renaming(models: ["convnext_"], former: "width", key: "c", word: "channels"),
        Renaming(models: ["convnext_isotropic_"], former: "depth", key: "blocks", word: "blocks"),
    ]

    /// The present name of a case.
    package static func current(case name: String) -> String {
        guard let bracket = name.firstIndex(of: "[") else { return name }
        var (model, rest) = (name[..<bracket], String(name[bracket...]))
        for renaming in renamings where renaming.models.contains(where: model.hasPrefix) {
            for before in ["[", ","] {
                rest = rest.replacing("\(before)\(renaming.former)=", with: "\(before)\(renaming.key)=")
            }
        }
        model += rest
        return String(model)
    }

    /// The parameters of a model by their present words.
    package static func current(parameters: [String: String], of model: String) -> [String: String] {
        var current = parameters
        for renaming in renamings where renaming.models.contains(where: model.hasPrefix) {
            if current[renaming.word] == nil, let value = current.removeValue(forKey: renaming.former) {
                current[renaming.word] = value
            }
        }
        return current
    }
}

extension Record {
    /// The same record under the present names.
    var withCurrentNames: Record {
        var record = self
        record.case = FormerNames.current(case: `case`)
        record.parameters = FormerNames.current(parameters: parameters, of: name)
        return record
    }
}
