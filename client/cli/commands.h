// The nouns of the command line; each function adds a noun's verbs to the program.
#pragma once

#include <CLI/CLI.hpp>

#include "client/cli/session.h"

namespace kirikae::cli {

void AddLookup(CLI::App& app, Session& session);
void AddDevice(CLI::App& app, Session& session);
/// update, create, retire, restore.
void AddDeviceEdits(CLI::App& device, Session& session);
void AddException(CLI::App& app, Session& session);
void AddStaff(CLI::App& app, Session& session);
/// history.
void AddStaffHistory(CLI::App& staff, Session& session);
void AddImport(CLI::App& app, Session& session);
/// profile list, show, save, delete.
void AddImportProfile(CLI::App& import, Session& session);
void AddExport(CLI::App& app, Session& session);
void AddRollout(CLI::App& app, Session& session);
void AddPlan(CLI::App& app, Session& session);
/// blocked, left.
void AddPlanLeftOut(CLI::App& plan, Session& session);
/// conditional.
void AddPlanConditional(CLI::App& plan, Session& session);
/// explain, compare.
void AddPlanInsight(CLI::App& plan, Session& session);
/// what-if.
void AddPlanWhatIf(CLI::App& plan, Session& session);
/// export.
void AddPlanExport(CLI::App& plan, Session& session);
/// propose, proposals, proposal, accept, decline.
void AddProposals(CLI::App& rollout, Session& session);
/// progress, watch, report.
void AddRolloutProgress(CLI::App& rollout, Session& session);
void AddPhase(CLI::App& app, Session& session);
void AddWave(CLI::App& app, Session& session);
void AddReadiness(CLI::App& app, Session& session);
void AddDue(CLI::App& app, Session& session);
void AddMark(CLI::App& app, Session& session);
void AddCalendar(CLI::App& app, Session& session);
void AddAudit(CLI::App& app, Session& session);
void AddChange(CLI::App& app, Session& session);
void AddToken(CLI::App& app, Session& session);
/// explain.
void AddRolloutExplain(CLI::App& rollout, Session& session);
/// login, logout and context.
void AddContext(CLI::App& app, Session& session);
void AddDoctor(CLI::App& app, Session& session);
/// help and version.
void AddHelp(CLI::App& app, Session& session);
void AddCompletion(CLI::App& app, Session& session);

}  // namespace kirikae::cli
