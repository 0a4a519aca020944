//! In what order a walk goes on: which of the nodes that it has met it visits next. It must never know what a node is.

use fastrand::Rng;
use protocol::Order;
use std::cell::Cell;
use std::collections::VecDeque;

/// The nodes that a walk has met and not yet visited.
pub(crate) trait Frontier<T> {
    /// None yet, with room for so many.
    fn with_capacity(nodes: usize) -> Self;
    /// Met.
    fn push(&mut self, node: T);
    /// To be visited next; none when all were.
    fn pop(&mut self) -> Option<T>;
}

/// In breadth: whoever was met first.
pub(crate) struct Breadth<T>(VecDeque<T>);

impl<T> Frontier<T> for Breadth<T> {
    fn with_capacity(nodes: usize) -> Self {
        Self(VecDeque::with_capacity(nodes))
    }

    fn push(&mut self, node: T) {
        self.0.push_back(node);
    }

    fn pop(&mut self) -> Option<T> {
        self.0.pop_front()
    }
}

/// In depth: whoever was met last.
pub(crate) struct Depth<T>(Vec<T>);

impl<T> Frontier<T> for Depth<T> {
    fn with_capacity(nodes: usize) -> Self {
        Self(Vec::with_capacity(nodes))
    }

    fn push(&mut self, node: T) {
        self.0.push(node);
    }

    fn pop(&mut self) -> Option<T> {
        self.0.pop()
    }
}

/// Anyone, drawn from the same seed in every walk.
pub(crate) struct Anyone<T>(Vec<T>, Rng);

impl<T> Frontier<T> for Anyone<T> {
    fn with_capacity(nodes: usize) -> Self {
        Self(Vec::with_capacity(nodes), Rng::with_seed(nodes as u64))
    }

    fn push(&mut self, node: T) {
        self.0.push(node);
    }

    #[allow(
        clippy::cast_possible_truncation,
        reason = "at most 100,000 nodes, and as `u32` the draws are alike on every machine"
    )]
    fn pop(&mut self) -> Option<T> {
        if self.0.is_empty() {
            return None;
        }
        let place = self.1.u32(..self.0.len() as u32);
        Some(self.0.swap_remove(place as usize))
    }
}

/// One of the three.
pub(crate) enum Chosen<T> {
    Breadth(Breadth<T>),
    Depth(Depth<T>),
    Anyone(Anyone<T>),
}

thread_local! {
    /// The order of the walk that is watched: it is looked up here, since for each order of its own every contender would be compiled once more.
    static WATCHED: Cell<Order> = const { Cell::new(Order::Breadth) };
}

/// Walks are watched in this order from now on.
pub(super) fn watch_in(order: Order) {
    WATCHED.set(order);
}

/// The order in which walks are watched.
pub(super) fn watched() -> Order {
    WATCHED.get()
}

impl<T> Chosen<T> {
    /// None met yet, with room for so many.
    pub(crate) fn of(order: Order, nodes: usize) -> Self {
        match order {
            Order::Breadth => Self::Breadth(Breadth::with_capacity(nodes)),
            Order::Depth => Self::Depth(Depth::with_capacity(nodes)),
            Order::Random => Self::Anyone(Anyone::with_capacity(nodes)),
        }
    }
}

impl<T> Frontier<T> for Chosen<T> {
    /// In the order in which walks are watched.
    fn with_capacity(nodes: usize) -> Self {
        Self::of(watched(), nodes)
    }

    fn push(&mut self, node: T) {
        match self {
            Self::Breadth(frontier) => frontier.push(node),
            Self::Depth(frontier) => frontier.push(node),
            Self::Anyone(frontier) => frontier.push(node),
        }
    }

    fn pop(&mut self) -> Option<T> {
        match self {
            Self::Breadth(frontier) => frontier.pop(),
            Self::Depth(frontier) => frontier.pop(),
            Self::Anyone(frontier) => frontier.pop(),
        }
    }
}
