import Running
import Testing
import Workloads

@Suite struct CaseNameTests {
    let planner = Planner()

    @Test(arguments: [
        "matmul[b=1,m=64,k=32,n=16,bias=true]/openblas/f32/t1", "null[]/plain/f32/t7",
    ])
    func whatIsWrittenIsReadAgain(name: String) throws {
        #expect(try planner.cases(named: name).map(\.name) == [name])
    }

    @Test func whatIsTypedMayBeShort() throws {
        let names = try planner.cases(named: "matmul[m=64,k=32,n=16]").map(\.name)
        let whole = "matmul[b=1,m=64,k=32,n=16,bias=false]"
        #expect(names == ["\(whole)/native/f32/t1", "\(whole)/openblas/f32/t1"])
        #expect(
            try planner.cases(named: "matmul[batch=2,m=64,k=32,n=16]/reference").map(\.implementation.name) == [
                "reference"
            ])
        #expect(try planner.cases(named: "null").count == 1)
    }

    @Test func quotedValuesMayHoldAnything() throws {
        let name = try CaseName(parsing: #"spmm[graph="a,b]\"c.mtx",f=3]/fused"#)
        #expect(name.given == [.init("graph", #"a,b]"c.mtx"#), .init("f", "3")])
        #expect(name.setting.implementation == "fused")
    }

    @Test(arguments: [
        "", "/", "[", "matmul[", "matmul[m", "matmul[m=", "matmul[m=1", "matmul[m=1]x", "matmul[m=1]/",
        "matmul[m=1]/a/f32/t0",
        "matmul[m=1]/a/f32/x1", "matmul[m=1]/a/f32/t1/z", "matmul[m=\"1", "matmul[m=1]]", "matmul[=1]", "nothing",
        "matmul[m=1,m=2,k=1,n=1]", "matmul[m=64,k=32,n=16]/opnblas", "matmul[m=64,k=32,n=16]/openblas/f64",
        "matmul[m=64,k=32,n=16]/openblas/i32", "matmul[m=64,k=32,n=16]/openblas/f32/t1/r2",
        "matmul[m=64,k=32,n=16]/openblas/f32/t1/r0",
    ])
    func whatIsNoNameIsAnError(text: String) {
        #expect(throws: SuiteError.self) { try planner.cases(named: text) }
    }
}
