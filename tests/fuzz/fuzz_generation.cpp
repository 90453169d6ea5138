// Whatever generation_config.json says: settings in their ranges, or a cria::Error.
#include "FuzzSupport.h"
#include "import/Generation.h"

static const std::string good =
    R"({"do_sample": true, "temperature": 0.6, "top_k": 50, "top_p": 0.9,
"min_p": 0.05, "typical_p": 0.8, "epsilon_cutoff": 0.001, "eta_cutoff": 0.001, "repetition_penalty": 1.1,
"no_repeat_ngram_size": 3, "max_length": 4096, "max_new_tokens": 20, "min_new_tokens": 1, "min_length": 4,
"suppress_tokens": [7, -1, 4294967301], "begin_suppress_tokens": [8], "bad_words_ids": [[1, 2], [2]],
"stop_strings": ["a", "b"], "num_beams": 4})";

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  FuzzedDataProvider data(bytes, size);
  fuzz::MemoryFile file(fuzz::changed(good, data));
  fuzz::tolerate([&] {
    std::vector<std::string> notes;
    auto found = cria::import::readGeneration(file.path(), {2}, notes);
    bool sane = found.temperature >= 0 && found.topK >= 0 && found.topP >= 0 && found.topP <= 1 &&
                found.typicalP > 0 && found.typicalP <= 1 && found.epsilonCutoff < 1 &&
                found.etaCutoff < 1 && found.repetitionPenalty > 0 && found.noRepeatNgramSize >= 0;
    for (const auto &sequence : found.banned)
      for (int32_t token : sequence)
        sane &= token >= 0;
    for (const std::string &stop : found.stops)
      sane &= !stop.empty();
    for (const std::string &note : notes)
      sane &= note.find('\n') == note.npos;
    if (!sane)
      std::abort();
  });
  return 0;
}
