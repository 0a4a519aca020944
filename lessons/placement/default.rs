trait Shape {
    fn name(&self) -> &str {
        "shape"
    }
    fn describe(&self) -> String {
        format!("a {}", self.name())
    }
}

struct Circle;
struct Blob;

impl Shape for Circle {
    fn name(&self) -> &str {
        "circle"
    }
}

impl Shape for Blob {}

fn main() {
    let shapes: [Box<dyn Shape>; 2] = [Box::new(Circle), Box::new(Blob)];
    for shape in &shapes {
        println!("{}", shape.describe());
    }
}
