import Results

/// The machine code of both programs, read on first use.
final class ProgramCodes {
    private let contenders: Both<Contender>
    private lazy var identity: Result<CodeIdentity, MachineCodeError> = read()
    /// The comparison of all functions, which is the same for every case.
    private var whole: CodeComparison?

    init(_ contenders: Both<Contender>) { self.contenders = contenders }

    /// Compares the code in which a case spends its time; without samples, all code.
    func compare(_ hot: Both<HotCode>?) -> CodeComparison? {
        switch identity {
        case .failure(let error): return .unknown(error.description)
        case .success(var identity):
            defer { self.identity = .success(identity) }
            guard let hot else {
                let whole = whole ?? identity.comparePrograms()
                self.whole = whole
                // A difference somewhere says nothing about this case.
                return switch whole {
                case .same, .moved: whole
                case .differs, .unknown: nil
                }
            }
            return identity.compare(hot)
        }
    }

    private func read() -> Result<CodeIdentity, MachineCodeError> {
        do throws(MachineCodeError) {
            return .success(
                CodeIdentity(
                    Both(
                        base: try ProgramCode(path: contenders.base.executable),
                        head: try ProgramCode(path: contenders.head.executable))))
        } catch { return .failure(error) }
    }
}
