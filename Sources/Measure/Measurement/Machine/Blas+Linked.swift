import COpenBLAS
import Results

extension RunHeader.Blas {
    /// The OpenBLAS that this program is linked to.
    package static var linked: RunHeader.Blas {
        RunHeader.Blas(
            core: String(cString: openblas_get_corename()), configuration: String(cString: openblas_get_config()))
    }
}
