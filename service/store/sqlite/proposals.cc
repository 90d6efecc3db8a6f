// The table of proposals.
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/tables.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

constexpr char kFind[] = R"sql(
SELECT rollout, number, state, base, source, author, create_time, reason, decider, remark,
       decide_time, version
FROM proposals WHERE rollout = ?1 AND number = ?2
)sql";
constexpr char kList[] = R"sql(
SELECT rollout, number, state, '', '', author, create_time, reason, decider, remark,
       decide_time, version
FROM proposals WHERE rollout = ?1 ORDER BY number DESC
)sql";
constexpr char kCount[] = "SELECT count(*) FROM proposals";
constexpr char kPut[] = R"sql(
INSERT OR REPLACE INTO proposals (rollout, number, state, base, source, author, create_time, reason,
                                  decider, remark, decide_time, version)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, nullif(?11, 0), ?12)
)sql";

domain::Proposal Read(const Query& row) {
  return {.rollout = row.Text(0),
          .number = row.Number(1),
          .state = row.As<domain::ProposalState>(2),
          .base = row.Text(3),
          .source = row.Text(4),
          .author = row.Text(5),
          .create_time = row.Time(6),
          .reason = row.Text(7),
          .decider = row.Text(8),
          .remark = row.Text(9),
          .decide_time = row.MaybeTime(10),
          .version = row.Number(11)};
}

bool Write(Connection& connection, const std::optional<domain::Proposal>& old,
           const domain::Proposal& proposal) {
  connection.Use(kPut)
      .BindHere(proposal.rollout)
      .Bind(proposal.number)
      .Bind(proposal.state)
      .BindHere(proposal.base)
      .BindHere(proposal.source)
      .BindHere(proposal.author)
      .Bind(proposal.create_time)
      .BindHere(proposal.reason)
      .BindHere(proposal.decider)
      .BindHere(proposal.remark)
      .Bind(proposal.decide_time)
      .Bind(NextVersion(old))
      .Run();
  return true;
}

}  // namespace

absl::StatusOr<std::optional<domain::Proposal>> SqliteView::FindProposal(std::string_view rollout,
                                                                         int64_t number) {
  return Guarded([&] {
    Query query = connection_.Use(kFind);
    return One(query.Bind(rollout).Bind(number), Read);
  });
}

absl::StatusOr<std::vector<domain::Proposal>> SqliteView::ListProposals(std::string_view rollout) {
  return Guarded([&] {
    Query query = connection_.Use(kList);
    return All(query.Bind(rollout), Read);
  });
}

const Table<domain::Proposal>& TableOf(const domain::Proposal*) {
  static constexpr Table<domain::Proposal> kTable{
      .kind = domain::RecordKind::kProposal,
      .name = "proposals",
      .count = kCount,
      .find =
          [](ReadView& view, const domain::Proposal& proposal) {
            return view.FindProposal(proposal.rollout, proposal.number);
          },
      .named =
          [](const domain::RecordName& name) {
            domain::Proposal proposal;
            proposal.rollout = name.rollout;
            proposal.number = name.number;
            return proposal;
          },
      .write = Write};
  return kTable;
}

}  // namespace kirikae::store
