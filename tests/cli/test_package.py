"""The Debian package that cpack makes of this build: what is in it, and the program that comes out of it."""
import gzip, os, pathlib, re, subprocess, unittest

from support.book import BINARY, SOURCE, Book

BUILD = pathlib.Path(BINARY).parent


class Package(Book):
    def test_package(self):
        made = subprocess.run(["cpack", "--config", BUILD / "CPackConfig.cmake", "-B", self.dir / "out", "-D", "CPACK_DEBIAN_COMPRESSION_TYPE=none"], cwd=self.dir, capture_output=True, text=True)
        self.assertEqual(made.returncode, 0, made.stdout + made.stderr)
        [deb] = (self.dir / "out").glob("agency_*.deb")
        root = self.dir / "root"
        subprocess.run(["dpkg-deb", "-x", deb, root], check=True)
        share = root / "usr" / "share"

        depends = subprocess.run(["dpkg-deb", "-f", deb, "Depends"], capture_output=True, text=True).stdout
        self.assertRegex(depends, r"libc6 \(>= [\d.]+\)")
        self.assertNotIn("xlsxwriter", depends)  # loaded when a workbook is written: recommended only
        self.assertNotIn(".symtab", subprocess.run(["readelf", "-SW", root / "usr/bin/agency"], capture_output=True, text=True).stdout)
        for path in root.rglob("*"):
            self.assertEqual(path.stat().st_mode & 0o7777, 0o755 if path.is_dir() or path.name == "agency" and path.parent.name == "bin" else 0o644, path)

        pages = {p.name for p in (SOURCE / "man").iterdir() if re.search(r"\.\d$", p.name)}
        packed = {p.name.removesuffix(".gz"): p for p in (share / "man").glob("man*/*.gz")}
        self.assertEqual(set(packed), pages)
        chinese = {p.name.removesuffix(".gz"): p for p in (share / "man" / "zh_CN").glob("man*/*.gz")}
        self.assertEqual(set(chinese), pages)
        self.assertIn("合同", gzip.decompress(chinese["agency-contract.1"].read_bytes()).decode())
        for name, path in packed.items():
            self.assertEqual(gzip.decompress(path.read_bytes()).decode(), (SOURCE / "man" / name).read_text(), name)
            self.assertEqual(path.parent.name, "man" + name[-1])
        for shell, place in (("bash", "bash-completion/completions/agency"), ("zsh", "zsh/vendor-completions/_agency"), ("fish", "fish/vendor_completions.d/agency.fish")):
            script = self.run_("completion", shell)
            self.assertEqual((share / place).read_bytes() if (share / place).exists() else b"", script.stdout, shell)
        self.assertTrue((share / "bash-completion/completions/agency").exists())
        doc = share / "doc" / "agency"
        here = {str(p.relative_to(SOURCE / "examples")) for p in (SOURCE / "examples").rglob("*") if p.is_file()}
        self.assertEqual({str(p.relative_to(doc / "examples")) for p in (doc / "examples").rglob("*") if p.is_file()}, here)
        licence = re.sub(r"\s+", " ", (doc / "copyright").read_text().replace("\n .\n", "\n"))
        self.assertIn(re.sub(r"\s+", " ", (SOURCE / "LICENSE").read_text().split("authors")[1]).strip(), licence)

        # It finds its catalogue where it stands.
        env = {**self.env, "LANGUAGE": "zh_CN"}
        listed = subprocess.run([root / "usr/bin/agency", "client", "list"], env=env, capture_output=True, text=True)
        self.assertIn("客户编号", listed.stdout, listed.stderr)


if __name__ == "__main__":
    unittest.main()
