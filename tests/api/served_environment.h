// What handlers stand on, for tests that serve some of them in the process.
#pragma once

#include <string>

#include "service/api/call/environment.h"
#include "service/app/rollouts/census.h"

namespace kirikae::api {

/// The parts of an environment without the store and the ward. Outlives the environment.
struct ServedParts {
  explicit ServedParts(const std::string& folder) : spools{folder} {}

  Environment Around(store::Store& store, const app::Ward& ward) {
    return {.store = store,
            .authority = authority,
            .work = work,
            .streams = streams,
            .spools = spools,
            .door = door,
            .answers = answers,
            .censuses = censuses,
            .ward = ward,
            .version = "test"};
  }

  Authority authority;
  WorkPools work;
  OpenStreams streams;
  SpoolRoom spools;
  Doorkeeper door{nullptr};
  AnswerRoom answers;
  app::CensusKeeper censuses;
};

}  // namespace kirikae::api
