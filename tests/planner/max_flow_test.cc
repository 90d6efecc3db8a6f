#include "service/planner/max_flow.h"

#include <gtest/gtest.h>

namespace kirikae::planner {
namespace {

TEST(MaxFlow, FindsTheLargestFlowAndReroutesWhenArcsAreAdded) {
  MaxFlow flow;
  const int source = flow.AddNode(), a = flow.AddNode(), b = flow.AddNode(), c = flow.AddNode(),
            sink = flow.AddNode();
  flow.AddArc(source, a, 5);
  flow.AddArc(a, b, 4);
  flow.AddArc(a, c, 4);
  flow.AddArc(b, sink, 3);
  flow.AddArc(c, sink, 9);
  EXPECT_EQ(flow.Augment(source, sink), 5);
  EXPECT_EQ(flow.Augment(source, sink), 0);
  // Another way into `b` only: what passes `b` now must make room through `c`.
  const int d = flow.AddNode();
  flow.AddArc(source, d, 7);
  flow.AddArc(d, b, 7);
  EXPECT_EQ(flow.Augment(source, sink), 2);
  EXPECT_EQ(flow.Augment(source, sink), 0);
}

}  // namespace
}  // namespace kirikae::planner
