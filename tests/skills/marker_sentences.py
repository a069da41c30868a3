"""For every seniority marker, sentences that tell of it and sentences that do not. All of them are made up here."""

SENTENCES = {
    "junior.known_architectures": (
        [
            "Implemented a well-known architecture for tagging invoices.",
            "I trained a ResNet50 on pictures of parcels.",
            "Reproduced two papers on graph ranking.",
            "Fine-tuned a pretrained language model for complaints.",
            "Implementing an attention layer from the paper by hand.",
        ],
        [
            "Wants to implement a published architecture.",
            "Never trained a ResNet.",
            "Read many papers on architectures.",
            "The vendor implemented a standard model.",
        ],
    ),
    "junior.deploys_with_guidance": (
        [
            "Deployed the churn model with guidance from a senior engineer.",
            "Shipped two small services under the supervision of the platform team.",
            "Assisted with the deployment of a ranking model.",
            "With help from a colleague, released the first batch job.",
            "Helped deploy the new scoring service.",
        ],
        [
            "Deployed the models with GPU support.",
            "Deployed everything with the help of Terraform.",
            "You will help deploy our models.",
            "Hopes to help with deployments one day.",
        ],
    ),
    "junior.decent_production_code": (
        [
            "Wrote production-grade Python code for the feature service.",
            "My code went live in the second month.",
            "Shipped fixes to production every week.",
            "Writes production code with tests.",
        ],
        [
            "Has not written production code yet.",
            "Would like to write production code.",
            "Wrote a blog about codes of conduct.",
            "Do you write production code?",
        ],
    ),
    "junior.builds_from_examples": (
        [
            "Built a small chatbot following the vendor's tutorial.",
            "Adapted LangChain examples to our wiki.",
            "Made a demo assistant from a cookbook.",
            "Extended a template into an LLM summariser.",
        ],
        [
            "Built a chair from a template.",
            "Never built a chatbot from a tutorial.",
            "Planning to build a bot following an example.",
            "Wrote the tutorial for new joiners.",
        ],
    ),
    "junior.runs_existing_pipelines": (
        [
            "Maintained the nightly ETL jobs of the finance team.",
            "Ran existing pipelines and watched their logs.",
            "Kept the ingestion jobs running over the holidays.",
            "Restarted failed DAGs and told the owners.",
            "Operating pipelines written by others.",
        ],
        [
            "Ran a marathon and a daily blog.",
            "Did not maintain any ETL pipelines.",
            "You'll run existing pipelines.",
            "The contractor maintained the ETL jobs.",
        ],
    ),
    "junior.handles_known_alerts": (
        [
            "Handled alerts of the scoring cluster.",
            "Followed runbooks during night shifts.",
            "Triaged alarms and passed on what was new.",
            "Resolved incidents by the documented checklist.",
        ],
        [
            "Never handled alerts.",
            "Would be able to handle alerts after training.",
            "The operations team handled alarms.",
            "Stayed alert during long flights.",
        ],
    ),
    "junior.standard_analyses": (
        [
            "Ran ad-hoc analyses for marketing.",
            "Performed exploratory analysis of call records.",
            "Prepared the weekly KPI report.",
            "Did EDA on sensor data.",
            "Carried out cohort analyses each month.",
        ],
        [
            "Wants to run standard analyses.",
            "No experience of running routine analyses.",
            "The agency prepared the weekly report.",
            "Ran a regular book club.",
        ],
    ),
    "junior.tutorial_models": (
        [
            "Trained a digit classifier following a tutorial.",
            "Built small models as coursework.",
            "Followed a course and built a regression of flat prices.",
            "Took part in a Kaggle competition on whales.",
        ],
        [
            "Wrote a tutorial for others.",
            "Never built a model beyond the tutorial.",
            "Will build a model in a bootcamp next year.",
            "Did not take part in any Kaggle competition.",
        ],
    ),
    "junior.presents_with_guidance": (
        [
            "Presented the findings with guidance from the lead.",
            "Presented first results together with a senior analyst.",
            "Helped prepare the slides for the steering group.",
            "Co-presented the pilot at the all-hands.",
            "Showed results with support from my supervisor.",
        ],
        [
            "Never helped with a presentation.",
            "Hopes to present together with a senior colleague.",
            "Presented a gift to the jubilarian.",
            "The analysts presented with help from an agency.",
        ],
    ),
    "junior.writes_requirements": (
        [
            "Wrote requirements for the search filter.",
            "Drafted user stories with the team.",
            "Writes PRDs for small features.",
            "Defined acceptance criteria for each ticket.",
        ],
        [
            "Read the requirements.",
            "Has never written a spec or drafted a spec.",
            "You will write requirements.",
            "The architect wrote the specification.",
        ],
    ),
    "junior.gathers_feedback": (
        [
            "Collected feedback from drivers after each trip.",
            "Interviewed twelve users of the pilot.",
            "Ran customer surveys every quarter.",
            "Tagged support tickets by cause.",
        ],
        [
            "Always open to feedback.",
            "Did not interview users.",
            "Eager to gather feedback from customers.",
            "The agency interviewed customers.",
        ],
    ),
    "mid.designs_training_pipelines": (
        [
            "Designed the training pipeline of the fraud model.",
            "Designs retraining workflows for a dozen models.",
            "Architected a distributed training setup on spot machines.",
            "Led the design of model training on the new cluster.",
            "Built a training pipeline from scratch.",
        ],
        [
            "Designed training courses for hospital staff.",
            "Used a training pipeline that a vendor designed.",
            "Did not design the training pipeline.",
            "Helped design the training pipeline.",
            "Would love to design training pipelines.",
        ],
    ),
    "mid.picks_architectures": (
        [
            "Chose the model architecture for address matching.",
            "Selected gradient boosting over a neural network for latency.",
            "Decided which model fits each market.",
            "Picked a transformer because the texts were long.",
            "Responsible for model selection in two products.",
        ],
        [
            "Chose the architecture of the new office.",
            "The lead chose the model architecture.",
            "Not the one who chose the network architecture.",
            "Candidates must choose a model architecture.",
        ],
    ),
    "mid.deploys_alone": (
        [
            "Independently deployed three models.",
            "Deployed the forecasting service on my own.",
            "Took the ranker from notebook to production.",
            "Shipped the recommender without help.",
            "Owned the rollout of the speech model.",
            "Single-handedly launched the matching service.",
        ],
        [
            "Deployed models with the platform team.",
            "Could not have deployed it alone.",
            "Deployed two models under close supervision.",
            "Wants to take models from notebook to production.",
            "The contractor deployed the service on his own.",
        ],
    ),
    "mid.mentors_juniors": (
        [
            "Mentored three junior engineers.",
            "Coaches interns every summer.",
            "Mentoring of two colleagues, mentored one analyst.",
            "Helped new joiners to learn the code base.",
            "Supervised two working students.",
            "Mentor to the graduates of the trainee year.",
            "She also mentors younger data scientists.",
        ],
        [
            "Was mentored by senior engineers.",
            "Never mentored juniors.",
            "Want to mentor junior colleagues.",
            "You will mentor juniors.",
            "My mentor helped two engineers.",
            "Mentored by engineers of the search team.",
            "Supervised classification of satellite images.",
            "Mentoring juniors: none.",
        ],
    ),
    "mid.frames_problems": (
        [
            "Framed late deliveries as a ranking problem.",
            "Translated vague business wishes into measurable tasks.",
            "Turned product questions into hypotheses.",
            "Formulated the problem together with sales.",
            "Wrote and defined the problem statement for the pricing pilot.",
        ],
        [
            "Framed pictures for an exhibition.",
            "Did not frame the problem.",
            "The consultants framed the problem.",
            "Learned to frame problems in a workshop.",
        ],
    ),
    "mid.designs_experiments": (
        [
            "Designed A/B tests for the checkout.",
            "Planned controlled experiments in four shops.",
            "Designed an experiment on delivery times.",
            "Led the experimentation programme.",
            "Did power analyses and calculated sample sizes.",
        ],
        [
            "Looked at A/B tests of others.",
            "Never designed an experiment.",
            "Interested in designing experiments.",
            "Assisted in designing A/B tests.",
        ],
    ),
    "mid.custom_models": (
        [
            "Built a custom model for spare parts.",
            "Developed our own ranking model.",
            "Wrote a tailored loss function.",
            "Trained a language classifier from scratch.",
        ],
        [
            "Built custom furniture.",
            "Did not build custom models.",
            "Developed a bespoke data model for billing.",
            "Would build custom models if asked.",
        ],
    ),
    "mid.presents_alone": (
        [
            "Presented results to the board.",
            "Explained model outcomes to customers without a technical background.",
            "Gave monthly readouts to executives.",
            "Independently presented the pilot.",
        ],
        [
            "Presented to the board together with my lead.",
            "Never presented to stakeholders.",
            "Presented results to stakeholders under guidance of the manager.",
            "The manager presented to the board.",
        ],
    ),
    "mid.designs_ai_features": (
        [
            "Designed an assistant for claims handlers.",
            "Designed the AI search of the help centre.",
            "Took an LLM feature from idea to release.",
            "Led the design of a RAG service for lawyers.",
        ],
        [
            "Used a chatbot every day.",
            "Never designed a chatbot.",
            "Keen on designing AI features.",
            "A chatbot designed by an agency.",
            "Helped with designing an assistant.",
        ],
    ),
    "mid.designs_data_pipelines": (
        [
            "Designed streaming pipelines for tracking events.",
            "Designed a pipeline from the shop system to the warehouse.",
            "Led the design of our ingestion pipelines.",
            "Created new flows from sensors into the lake.",
            "Built ELT pipelines from scratch.",
        ],
        [
            "Ran pipelines designed by others.",
            "Designed a sales funnel.",
            "No, I did not design data pipelines.",
            "Looking to design data pipelines.",
        ],
    ),
    "mid.sets_data_checks": (
        [
            "Defined data quality checks for all feeds.",
            "Introduced data contracts with the shop team.",
            "Owns data quality of the finance mart.",
            "Set up dbt tests for every model.",
            "Decided which freshness rules apply.",
        ],
        [
            "Checked the mail daily.",
            "Did not define any data checks.",
            "Eager to introduce data contracts.",
            "The architects defined the data tests.",
        ],
    ),
    "mid.builds_release_paths": (
        [
            "Built CI/CD for models.",
            "Automated the release of forecasting models.",
            "Set up continuous delivery, built a release pipeline for ML services.",
            "Automated model rollout across regions.",
        ],
        [
            "Built CI/CD for the web shop.",
            "Has not automated model releases.",
            "Would have automated model deployment.",
            "The vendor automated the model rollout.",
        ],
    ),
    "mid.sets_up_monitoring": (
        [
            "Set up alerting for data drift.",
            "Built monitoring of all scoring jobs.",
            "Defined alert thresholds with the product team.",
            "Decided what is measured on each endpoint.",
            "Introduced drift detection.",
        ],
        [
            "Watched dashboards.",
            "Never set up monitoring.",
            "Wishes to set up monitoring.",
            "Monitoring was set up by operations.",
            "Supported setting up alerts.",
        ],
    ),
    "mid.owns_feature_roadmap": (
        [
            "Owned the roadmap of the search assistant.",
            "Set the roadmap for two AI features.",
            "Prioritised the backlog with data.",
            "Manages the product roadmap.",
        ],
        [
            "Followed the roadmap.",
            "Did not own the roadmap.",
            "Our CTO set the roadmap.",
            "Seeking to own a roadmap.",
            "Contributed to the team that owned the roadmap.",
        ],
    ),
    "senior.end_to_end_systems": (
        [
            "Architected an end-to-end recommendation system.",
            "Designed the whole pricing system.",
            "Designed the fraud platform from data intake to the serving API.",
            "Led the architecture of the complete vision product.",
            "Architected our ML stack.",
        ],
        [
            "Used an end-to-end system.",
            "The architect designed the end-to-end system.",
            "Never designed an entire system.",
            "Hopes to architect end-to-end ML systems.",
            "Helped the team design the whole platform.",
        ],
    ),
    "senior.build_or_buy": (
        [
            "Decided whether to build or buy the labelling tool.",
            "Owned build-vs-buy decisions for search.",
            "Made the build or buy call on the vector database.",
            "Decided to buy a feature store instead of building one.",
            "Led build vs. buy for the OCR stack.",
        ],
        [
            "Management decided whether to build or buy.",
            "Was not the one who decided on build or buy.",
            "Decided to buy a house.",
            "Will decide whether to build or buy.",
            "Supported the CTO in deciding build or buy.",
        ],
    ),
    "senior.leads_technical_design": (
        [
            "Led the technical design of the ranking platform.",
            "Leads the design of all serving components.",
            "Set the technical direction of a team of six.",
            "Chaired the architecture review.",
            "Acted as tech lead of the speech group.",
        ],
        [
            "Was led by a technical design board.",
            "Did not lead the technical design.",
            "The tech lead led the technical design.",
            "Aims to lead technical design.",
            "Took part in design reviews.",
        ],
    ),
    "senior.owns_reliability": (
        [
            "Owned the reliability of the scoring service.",
            "On call for eleven models.",
            "Responsible for uptime of the inference cluster.",
            "Defined SLOs for latency, set error budgets.",
            "Ran incident reviews and wrote post-mortems, led incident response.",
        ],
        [
            "A reliable colleague.",
            "Never on call for anything.",
            "The SRE team owned reliability.",
            "Must own reliability of models.",
            "Would be on call for models if needed.",
        ],
    ),
    "senior.sets_ml_strategy": (
        [
            "Set the ML strategy for pricing.",
            "Owned the data science roadmap of the app.",
            "Defined the direction of machine learning in search, wrote the ML vision.",
            "Shaped the analytics strategy.",
        ],
        [
            "Read the ML strategy.",
            "The director set the ML strategy.",
            "Never set an ML strategy.",
            "Contributed to the ML strategy, did not set the ML strategy.",
        ],
    ),
    "senior.judges_feasibility": (
        [
            "Assessed the feasibility of new AI ideas.",
            "Led feasibility studies for the service desk.",
            "Decides whether an ML idea is worth a pilot.",
            "Made go/no-go decisions on pilots.",
            "Stopped two projects as infeasible.",
        ],
        [
            "The feasibility of the plan was high.",
            "Consultants assessed the feasibility.",
            "Did not assess feasibility.",
            "Can assess feasibility of ideas.",
        ],
    ),
    "senior.mentors_team": (
        [
            "Mentored the data science team.",
            "Coached a team of six analysts.",
            "Upskilled the whole department.",
            "Ran a mentoring programme for analysts.",
            "Mentors five scientists.",
        ],
        [
            "Mentored one intern of the team.",
            "The team mentored me.",
            "Would like to coach the team.",
            "Never coached a team.",
        ],
    ),
    "senior.designs_data_platform": (
        [
            "Designed the data platform of a bank.",
            "Architected a lakehouse on open tables.",
            "Built a warehouse used by nine teams, created the data mesh for all domains.",
            "Led the design of the streaming data platform.",
        ],
        [
            "Queried the data platform.",
            "Designed the ML platform used by twelve teams.",
            "Did not design the data platform.",
            "Excited to design data platforms.",
            "A vendor designed the lakehouse.",
        ],
    ),
    "senior.designs_ml_platform": (
        [
            "Designed the ML platform of the group.",
            "Architected a model serving platform.",
            "Built a training platform used by twelve teams.",
            "Led the design of the inference platform.",
        ],
        [
            "Used the ML platform.",
            "Never designed an ML platform.",
            "The colleagues who designed the ML platform left.",
            "Looking forward to designing an ML platform.",
        ],
    ),
    "senior.owns_compute_budget": (
        [
            "Owned the GPU budget of the department.",
            "Responsible for cloud spend of all models.",
            "Managed compute costs of 40 jobs.",
            "Led FinOps for training.",
        ],
        [
            "Had a small budget.",
            "Did not own the cloud budget.",
            "The CTO owned the GPU budget.",
            "Interested in managing cloud costs.",
        ],
    ),
    "senior.sets_ai_strategy": (
        [
            "Set the AI strategy of the group.",
            "Defined the vision for GenAI in the whole company.",
            "Owned the company-wide AI roadmap.",
            "Wrote the AI policy and led its roll-out.",
        ],
        [
            "Followed the AI strategy.",
            "The board set the AI strategy, the management set the AI vision.",
            "Never set an AI strategy.",
            "Aspires to set an AI strategy.",
        ],
    ),
    "senior.answers_for_results": (
        [
            "Accountable to the board for AI results.",
            "Owned business outcomes of four AI products.",
            "Briefed executives, reported AI risks to the board.",
            "Answers to leadership for the impact of the assistant.",
        ],
        [
            "Reported to the CTO.",
            "Was not accountable for AI results.",
            "The director was accountable for the impact of AI.",
            "Ready to be accountable for AI outcomes.",
        ],
    ),
}
