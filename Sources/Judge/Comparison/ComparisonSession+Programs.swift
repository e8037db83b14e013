import Foundation

extension ComparisonSession {
    /// A session for two programs. They take turns if both can.
    package init(
        cases: [ComparedCase], contenders: Both<Contender>, options: ComparisonOptions,
        memoryAvailable: @escaping () -> Int?, interrupted: @escaping () -> Bool
    ) {
        let codes = contenders.base.executable == contenders.head.executable ? nil : ProgramCodes(contenders)
        let takeTurns = contenders.base.takesTurns && contenders.head.takesTurns
        self.init(
            cases: cases, options: options,
            pairing: { index in
                let match = Match(
                    index: index, item: cases[index], contenders: contenders, options: options, interrupted: interrupted
                )
                return if takeTurns { TurnPairing(match) } else { SuccessivePairing(match) }
            },
            compareCode: { codes?.compare($0) },
            memoryAvailable: memoryAvailable, interrupted: interrupted,
            now: { Double(DispatchTime.now().uptimeNanoseconds) * 1e-9 })
    }
}
