//! What a host serves, and what it refuses: the tests of `site.rs`.

use super::*;

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("sub")).unwrap();
    for file in ["index.html", "404.html", "sub/index.html", "a.wasm"] {
        fs::write(folder.path().join(file), file).unwrap();
    }
    folder
}

fn asked(target: &str, encodings: &str) -> Request {
    Request { method: "GET".to_owned(), target: target.to_owned(), encodings: encodings.to_owned() }
}

#[test]
fn it_serves_files_and_folders_and_nothing_else() {
    let folder = folder();
    let status = |base, target| file(folder.path(), base, target).status;
    assert_eq!(status("", "/"), "200 OK");
    assert_eq!(status("", "/sub/?x=1"), "200 OK");
    assert_eq!(status("", "/sub"), "301 Moved Permanently");
    assert_eq!(status("", "/nothing/"), "404 Not Found");
    assert_eq!(status("", "/../etc/passwd"), "404 Not Found");
    assert_eq!(status("", "//etc/passwd"), "404 Not Found");
    assert_eq!(status("/a/b", "/a/b/sub/"), "200 OK");
    assert_eq!(status("/a/b", "/sub/"), "404 Not Found");
}

#[test]
fn a_document_rests_before_its_blocks() {
    let document = b"<h1></h1><section a></section><div></div>";
    assert_eq!(Arrival::ByBlock.rests(document), [9, 30]);
    assert!(Arrival::Whole.rests(document).is_empty());
}

#[test]
fn a_hiccup_is_for_once() {
    let serving = Serving { hiccups: &["a.", "b."], ..Serving::default() };
    let mut refused = Vec::new();
    let hiccups: Vec<bool> =
        ["/a.js", "/c.js", "/a.js", "/b.js", "/b.js"].map(|path| serving.hiccups_at(&asked(path, ""), &mut refused)).into();
    assert_eq!(hiccups, [true, false, false, true, false]);
}

#[test]
fn what_is_lost_and_what_is_unknown_is_not_found() {
    let folder = folder();
    let answer = |serving: &Serving, path| {
        let answer = serving.answer(folder.path(), &asked(path, ""));
        (answer.status, String::from_utf8(answer.body).unwrap(), answer.headers[0].1.clone())
    };
    let plain = Serving { lost: &["/a."], ..Serving::default() };
    assert_eq!(answer(&plain, "/a.wasm").0, NOT_FOUND);
    assert_eq!(answer(&plain, "/sub/").1, "sub/index.html");
    assert_eq!(answer(&plain, "/nothing/").1, "404.html");
    let bare = Serving { unknown: Unknown::Bare, wasm: WasmType::Bytes, ..Serving::default() };
    assert_eq!(answer(&bare, "/nothing/").1, "404 Not Found");
    assert_eq!(answer(&bare, "/a.wasm").2, "application/octet-stream");
}

#[test]
fn headers_and_encoding_are_the_host_s_choice() {
    let folder = folder();
    let serving = Serving { headers: vec![ANY_ORIGIN], encoding: Encoding::Gzip, ..Serving::default() };
    let answer = serving.answer(folder.path(), &asked("/a.wasm", "gzip, br"));
    assert_eq!(answer.headers[0], ("Content-Type", "application/wasm".to_owned()));
    assert!(answer.headers.contains(&("Access-Control-Allow-Origin", "*".to_owned())));
    assert!(answer.headers.contains(&("Content-Encoding", "gzip".to_owned())) && answer.body != b"a.wasm");
    let answer = Serving::default().answer(folder.path(), &asked("/a.wasm", "gzip"));
    assert!(answer.body == b"a.wasm" && !answer.headers.iter().any(|(name, _)| *name == ANY_ORIGIN.0));
}
